"""The facts of the students of some classes, and who of them needs attention, class by class."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, exists, select

from exchange.accounts.models import User
from exchange.attention.reasons import Facts, Reason, ReasonKind, reasons
from exchange.conduct.models import PASSED, ConductAssessment
from exchange.conduct.queries import by_student
from exchange.core.database import db
from exchange.coursework.models import SHOWN, Assessment, Mark, MarkSheet
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of
from exchange.coursework.queries.sheets import is_filled
from exchange.programmes import queries as programmes
from exchange.programmes.models import Course, SchoolClass, Term
from exchange.students.models import ON_ROLL, Student
from exchange.welfare import policy
from exchange.welfare.queries.attrition import facts_of as attrition_of
from exchange.welfare.queries.contacts import last_talks
from exchange.welfare.rules.attrition import Facts as Attrition
from exchange.welfare.rules.attrition import alerts


@dataclass(frozen=True)
class Person:
    """A student with the reasons."""

    student: Student
    reasons: list[Reason]


@dataclass
class _Taught:
    """What a student was taught: names of courses with missing marks, and credits that are published."""

    unmarked: dict[int, str] = field(default_factory=dict)
    published: dict[int, Decimal] = field(default_factory=dict)


def classes_of(user: User, text: str = "") -> Select[SchoolClass]:
    """The classes with students that this user looks after, the youngest first; to be paged."""
    own = policy.classes_of(user).with_only_columns(SchoolClass.id)
    has_students = exists().where(Student.school_class_id == SchoolClass.id, Student.status.in_(ON_ROLL))
    return programmes.classes(text).where(SchoolClass.id.in_(own), has_students)


def people_of(class_ids: Collection[int], day: date, *, kind: ReasonKind | None = None) -> dict[int, list[Person]]:
    """Class → who needs attention, by student number: an order of the roll, not of the need."""
    members = select(Student).where(Student.school_class_id.in_(class_ids), Student.status.in_(ON_ROLL))
    students = list(db.session.scalars(members.order_by(Student.student_no)))
    facts, found = facts_of(students, members, day), defaultdict(list)
    for student in students:
        why = reasons(facts[student.id])
        if why and (kind is None or kind in {each.kind for each in why}):
            found[student.school_class_id].append(Person(student, why))
    return found


def facts_of(students: Sequence[Student], members: Select[Student], day: date) -> dict[int, Facts]:
    """Student → the facts of the day, in a constant number of statements; ``members`` selects the same students."""
    ids = [student.id for student in students]
    outcomes, taught = outcomes_of(ids), _taught(ids, day)
    counted, conduct, spoken = attrition_of(members, day), by_student(ids), last_talks(ids, day)
    return {
        student.id: Facts(
            day=day,
            since=student.enrolled_on,
            alerts=tuple(alerts(counted.get(student.id, Attrition(day)))),
            conduct_failed_in=_failed_in(conduct.get(student.id, [])),
            spoken_on=spoken.get(student.id),
            **_results(outcomes[student.id], taught[student.id]),
        )
        for student in students
    }


def _results(ends: Sequence[CourseOutcome], taught: _Taught) -> dict[str, Any]:
    passed = {end.course.id for end in ends if end.passed}
    return {
        "failed": tuple(end.course.name for end in ends if end.outcome.is_failed),
        "unmarked": tuple(name for course, name in taught.unmarked.items() if course not in passed),
        "credits_due": sum(taught.published.values(), Decimal(0)),
        "credits_earned": sum((taught.published[each] for each in passed if each in taught.published), Decimal(0)),
    }


def _taught(ids: Collection[int], day: date) -> defaultdict[int, _Taught]:
    """What the class of each student was taught while the student was there."""
    has_mark = exists().where(Mark.assessment_id == Assessment.id, Mark.student_id == Student.id, is_filled())
    lacks = exists().where(Assessment.sheet_id == MarkSheet.id, ~has_mark.correlate_except(Mark))
    rows = (
        select(Student.id, Course.id, Course.name, Course.credits, MarkSheet.status, Term.ends_on, lacks)
        .join(MarkSheet, MarkSheet.school_class_id == Student.school_class_id)
        .join(Course, Course.id == MarkSheet.course_id)
        .join(Term, Term.id == MarkSheet.term_id)
        .where(Student.id.in_(ids), Student.enrolled_on <= Term.ends_on)
        .order_by(Term.starts_on, Course.code)
    )
    found: defaultdict[int, _Taught] = defaultdict(_Taught)
    for student, course, name, credits, status, ends_on, is_missing in db.session.execute(rows):
        if is_missing and ends_on < day:
            found[student].unmarked[course] = name
        if status in SHOWN:
            found[student].published[course] = credits
    return found


def _failed_in(assessed: Sequence[ConductAssessment]) -> str | None:
    last = assessed[-1] if assessed else None
    return str(last.term.label) if last and last.grade not in PASSED else None
