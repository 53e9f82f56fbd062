"""Who has to sit a course again in the first weeks of the next term, for the whole school in one statement.

``outcomes.outcome`` decides what counts; here the database only finds the students for whom it will say so. A sum that
is rounded to a tenth is below the pass score when it is at least 0.05 below it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, Select, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import aliased, joinedload, lazyload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db, today
from exchange.coursework.models import SHOWN, Assessment, Attempt, AttemptKind, Mark, MarkSheet, Special
from exchange.coursework.outcomes import SETTINGS
from exchange.coursework.queries.attempts import Due
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.queries.outcomes import outcomes_of
from exchange.coursework.queries.sheets import is_filled
from exchange.programmes.models import Course, Term
from exchange.students.models import Student, StudentStatus

SLACK = 1e-6  # of ten thousandths of a mark, for sums of floats
SAT_AGAIN = {AttemptKind.DEFERRED, AttemptKind.MAKEUP}


@dataclass(frozen=True)
class MakeupSheet:
    """A sheet with the students who have to sit its course again, and the last day for it."""

    sheet: MarkSheet
    due: list[Due]
    last_day: date | None  # none while the next term is not set up


def makeups_due(sheets: Select[MarkSheet] | None = None) -> Select[Any]:
    """Sheet, student, teacher and class of each make-up or deferred sitting that is still to be entered.

    Of published sheets, and of students who are at school; who has no make-up left takes the course again instead.
    """
    sat = _deferred_score()
    is_deferred = Mark.special == Special.DEFERRED
    counted = case(
        (is_deferred, func.coalesce(sat, 0) / 100.0),
        (Mark.score.is_not(None), cast(Mark.score, Float) / Assessment.maximum),
        else_=0.0,
    )
    weight = case((Mark.special == Special.EXEMPT, 0), else_=Assessment.weight)
    filled = func.sum(case((is_filled(), 1), else_=0))
    waiting = func.sum(case((and_(is_deferred, sat.is_(None)), 1), else_=0))
    fails = func.sum(counted * weight) * 10_000 + SLACK < func.sum(weight) * (Course.pass_score * 100 - 5)
    columns = (MarkSheet.id, Mark.student_id, MarkSheet.teacher_id, MarkSheet.school_class_id, MarkSheet.course_id)
    found = (
        select(MarkSheet.id.label("sheet_id"), *columns[1:])
        .join(Assessment, Assessment.sheet_id == MarkSheet.id)
        .join(Mark, Mark.assessment_id == Assessment.id)
        .join(Course, Course.id == MarkSheet.course_id)
        .join(Term, Term.id == MarkSheet.term_id)
        .join(Student, Student.id == Mark.student_id)
        .where(MarkSheet.status.in_(SHOWN), Student.status == StudentStatus.REGISTERED, ~_has_passed())
        .group_by(*columns, Course.pass_score, Term.starts_on)
        .having(filled == _number_of_assessments())
        .having(or_(waiting > 0, and_(fails, _number_of_makeups() < _makeups_allowed())))
    )
    return found if sheets is None else found.where(MarkSheet.id.in_(sheets.with_only_columns(MarkSheet.id)))


def sheets_with_makeups(sheets: Select[MarkSheet]) -> Select[MarkSheet]:
    """Those of the sheets that have such students, the latest term first; to be paged."""
    due = makeups_due(sheets).subquery()
    related = (MarkSheet.course, MarkSheet.school_class, MarkSheet.term)
    return (
        sheets.join(Term, Term.id == MarkSheet.term_id)
        .where(MarkSheet.id.in_(select(due.c.sheet_id)))
        .options(*(joinedload(each) for each in related))
        .options(joinedload(MarkSheet.teacher).options(lazyload(User.assignments)))
        .order_by(Term.school_year.desc(), Term.number.desc(), MarkSheet.school_class_id, MarkSheet.id)
    )


def makeup_sheets(sheets: Sequence[MarkSheet]) -> list[MakeupSheet]:
    """These sheets with their students by number, in six statements however many they are."""
    rows = makeups_due().where(MarkSheet.id.in_([sheet.id for sheet in sheets]))
    ids: dict[int, list[int]] = defaultdict(list)
    for sheet_id, student_id, *_others in db.session.execute(rows):
        ids[sheet_id].append(student_id)
    students = _pupils({student for members in ids.values() for student in members})
    ends = outcomes_of(list(students), courses={sheet.course_id for sheet in sheets})
    ends_by_course = {(student, end.course.id): end for student, found in ends.items() for end in found}
    terms = all_terms()
    listed = []
    for sheet in sheets:
        due = [Due(students[each], ends_by_course[each, sheet.course_id]) for each in ids[sheet.id]]
        due = sorted((each for each in due if each.next in SAT_AGAIN), key=lambda each: each.student.student_no)
        listed.append(MakeupSheet(sheet, due, last_day_of_makeups(sheet.term, terms)))
    return [each for each in listed if each.due]


def makeups_waiting(user: User) -> Select[int, int]:
    """How many sheets and sittings this user has to enter: the own ones once the term is over; one row.

    The registrar is told of everybody's in the weeks in which they are sat. What is still open afterwards stands in the
    chase list: counting the whole school takes a while.
    """
    due = makeups_due().where(Term.ends_on < today(), _is_time_for(user)).subquery()
    sheets = func.count(due.c.sheet_id.distinct()).label("sheets")
    return select(sheets, func.count().label("students")).select_from(due)


def all_terms() -> list[Term]:
    """All terms, the oldest first."""
    return list(db.session.scalars(select(Term).order_by(Term.starts_on)))


def last_day_of_makeups(term: Term, terms: Sequence[Term]) -> date | None:
    """The end of the first weeks of the term that follows; none while that is not set up."""
    following = next((each for each in terms if each.starts_on > term.ends_on), None)
    if following is None:
        return None
    weeks = SETTINGS.number("makeup_weeks", on=following.starts_on)
    return following.starts_on + timedelta(weeks=weeks, days=-1)


def _is_time_for(user: User) -> ColumnElement[bool]:
    if not user.may(Permission.COURSEWORK_PUBLISH):
        return MarkSheet.teacher_id == user.id
    begun, weeks = aliased(Term), timedelta(weeks=SETTINGS.number("makeup_weeks", on=today()))
    return exists().where(begun.starts_on <= today(), begun.starts_on > today() - weeks)


def _pupils(ids: Collection[int]) -> dict[int, Pupil]:
    columns = (Student.id, Student.student_no, Student.name, Student.pinyin, Student.birth_date)
    return {
        row[0]: Pupil(*row, is_expected=True) for row in db.session.execute(select(*columns).where(Student.id.in_(ids)))
    }


def _standing() -> ColumnElement[bool]:
    return and_(
        Attempt.student_id == Mark.student_id,
        Attempt.course_id == MarkSheet.course_id,
        Attempt.withdrawn_at.is_(None),
    )


def _has_passed() -> ColumnElement[bool]:
    """Whether a make-up, a retake or a recognised course has made it good; a make-up is never capped below a pass."""
    return exists().where(_standing(), Attempt.kind != AttemptKind.DEFERRED, Attempt.score >= Course.pass_score)


def _deferred_score() -> ColumnElement[Any]:
    """What the first deferred sitting has brought, 0 for absent; none where there was no such sitting."""
    first = select(func.coalesce(Attempt.score, 0)).where(_standing(), Attempt.kind == AttemptKind.DEFERRED)
    return first.order_by(Attempt.taken_on, Attempt.id).limit(1).correlate(Mark, MarkSheet).scalar_subquery()


def _number_of_assessments() -> ColumnElement[Any]:
    column = aliased(Assessment)
    return select(func.count(column.id)).where(column.sheet_id == MarkSheet.id).scalar_subquery()


def _number_of_makeups() -> ColumnElement[Any]:
    counted = select(func.count(Attempt.id)).where(_standing(), Attempt.kind == AttemptKind.MAKEUP)
    return counted.correlate(Mark, MarkSheet).scalar_subquery()


def _makeups_allowed() -> ColumnElement[Any]:
    """How many make-ups a course of the term has, by the rules of the day on which the term began."""
    first, *later = SETTINGS.versions("makeup_attempts")
    steps = [(Term.starts_on >= date.fromisoformat(str(each["from"])), int(each["value"])) for each in reversed(later)]
    return case(*steps, else_=int(first["value"])) if steps else literal(int(first["value"]))
