"""Whom of a class courses of a partner school are recognised for, and what each has already."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.attachments.models import Attachment
from exchange.attachments.queries import attachments_by_subject
from exchange.core.database import db
from exchange.coursework.models import Attempt, Recognition
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.queries.outcomes import outcomes_of
from exchange.programmes.models import SchoolClass
from exchange.students.models import ON_ROLL, Student

Place = tuple[int, int]
"""A student and a course, by id."""


def members_of(school_class: SchoolClass) -> list[Pupil]:
    """The students of the class who are on the roll, by number."""
    columns = (Student.id, Student.student_no, Student.name, Student.pinyin, Student.birth_date)
    found = select(*columns).where(Student.school_class_id == school_class.id, Student.status.in_(ON_ROLL))
    return [Pupil(*row, is_expected=True) for row in db.session.execute(found.order_by(Student.student_no))]


def passed_places(students: Collection[int], courses: Collection[int]) -> dict[Place, str]:
    """Student and course → the result, where the course is passed already."""
    outcomes = outcomes_of(students, courses=courses)
    return {(student, end.course.id): end.shown for student, ends in outcomes.items() for end in ends if end.passed}


def recognitions_of(school_class: SchoolClass) -> list[Recognition]:
    """What was decided for the class, the newest first."""
    found = select(Recognition).where(Recognition.school_class_id == school_class.id)
    person = joinedload(Recognition.recorded_by).options(lazyload(User.assignments))
    return list(db.session.scalars(found.options(person).order_by(Recognition.id.desc())))


def files_of_attempts(attempts: Sequence[Attempt]) -> dict[int, list[Attachment]]:
    """Attempt → its own papers and those of the decision that it is part of."""
    own = attachments_by_subject(attempts)
    decided = attachments_by_subject([each.recognition for each in attempts if each.recognition])
    return {each.id: own[each.id] + decided.get(each.recognition_id or 0, []) for each in attempts}
