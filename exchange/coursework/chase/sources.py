"""Where the lines of a chase list come from: one statement for each kind, all of the same columns.

``owner_id`` is the teacher who has to do it; none where it is the registrar's, or where a class has no homeroom
teacher yet, which is the registrar's as well.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    cast,
    exists,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from exchange.attendance.models import Roll
from exchange.conduct.models import ConductAssessment
from exchange.core.database import db, end_of
from exchange.coursework.chase.kinds import ChaseKind
from exchange.coursework.chase.limits import limit
from exchange.coursework.models import Assessment, Mark, MarkSheet, SheetStatus
from exchange.coursework.queries.makeups import makeups_due
from exchange.coursework.queries.sheets import has_students, is_filled
from exchange.placements.whereabouts import is_at_host
from exchange.programmes.models import SchoolClass, Term
from exchange.programmes.queries import current_term
from exchange.students.models import ON_ROLL, Student, StudentStatus
from exchange.welfare.rules.counting import days_between, is_school_day

Source = Callable[[date], Select[Any] | None]
COLUMNS = ("owner_id", "class_id", "sheet_id", "assessment_id", "student_id", "term_id", "number")


def missing_marks(day: date) -> Select[Any]:
    """Cells that were left out: empty ones of a column that was begun some days ago, on sheets that are filled in."""
    begun_by = end_of(day - timedelta(days=limit("days_a_mark_may_lag", day)))
    own = and_(Mark.assessment_id == Assessment.id, is_filled())
    found = _columns(
        ChaseKind.MARK,
        owner_id=MarkSheet.teacher_id,
        class_id=MarkSheet.school_class_id,
        sheet_id=MarkSheet.id,
        assessment_id=Assessment.id,
        student_id=Student.id,
    )
    return (
        found.select_from(MarkSheet)
        .join(Assessment, Assessment.sheet_id == MarkSheet.id)
        .join(Student, Student.school_class_id == MarkSheet.school_class_id)
        .where(MarkSheet.status == SheetStatus.DRAFT, Student.status == StudentStatus.REGISTERED)
        .where(exists().where(own, Mark.updated_at < begun_by))
        .where(~exists().where(own, Mark.student_id == Student.id))
    )


def sheets_not_submitted(day: date) -> Select[Any]:
    """Sheets still being filled in when their term ends within some days, or has ended."""
    until = day + timedelta(days=limit("days_before_term_ends", day))
    found = _of_sheet(ChaseKind.SHEET, MarkSheet.teacher_id).join(Term, Term.id == MarkSheet.term_id)
    return found.where(MarkSheet.status == SheetStatus.DRAFT, Term.ends_on <= until, has_students())


def sheets_to_confirm(_day: date) -> Select[Any]:
    """Sheets that were handed in."""
    return _of_sheet(ChaseKind.CONFIRM, null()).where(MarkSheet.status == SheetStatus.SUBMITTED)


def sheets_to_publish(_day: date) -> Select[Any]:
    """Sheets that somebody has confirmed."""
    return _of_sheet(ChaseKind.PUBLISH, null()).where(MarkSheet.status == SheetStatus.CONFIRMED)


def makeups(_day: date) -> Select[Any]:
    """Students who have to sit a course again, and whose result nobody has entered."""
    due = makeups_due().subquery()
    return _columns(
        ChaseKind.MAKEUP,
        owner_id=due.c.teacher_id,
        class_id=due.c.school_class_id,
        sheet_id=due.c.sheet_id,
        student_id=due.c.student_id,
    )


def days_without_roll(day: date) -> Select[Any] | None:
    """School days of the term, before today, on which nobody called the roll of a class that was at school."""
    days = _days_of_rolls(day)
    if not days:
        return None
    calendar = union_all(*(select(literal(each, Date).label("day")) for each in days)).subquery()
    was_there = exists().where(
        Student.school_class_id == SchoolClass.id,
        Student.status == StudentStatus.REGISTERED,
        Student.enrolled_on <= calendar.c.day,
        ~is_at_host(Student.id, calendar.c.day),
    )
    was_called = exists().where(Roll.school_class_id == SchoolClass.id, Roll.day == calendar.c.day)
    found = _columns(
        ChaseKind.ROLL, day=calendar.c.day, owner_id=SchoolClass.homeroom_teacher_id, class_id=SchoolClass.id
    )
    return found.select_from(SchoolClass).join(calendar, true()).where(was_there, ~was_called)


def conduct_not_assessed(day: date) -> Select[Any] | None:
    """Classes with students whose conduct of the last term nobody has assessed; how many, and one of them."""
    until = day + timedelta(days=limit("days_before_term_ends", day))
    ended = select(Term).where(Term.ends_on <= until).order_by(Term.ends_on.desc()).limit(1)
    term = db.session.scalar(ended)
    if term is None:
        return None
    is_assessed = exists().where(ConductAssessment.student_id == Student.id, ConductAssessment.term_id == term.id)
    found = _columns(
        ChaseKind.CONDUCT,
        owner_id=SchoolClass.homeroom_teacher_id,
        class_id=SchoolClass.id,
        student_id=func.min(Student.id),
        term_id=literal(term.id),
        number=func.count(Student.id),
    )
    return (
        found.select_from(SchoolClass)
        .join(Student, Student.school_class_id == SchoolClass.id)
        .where(Student.status.in_(ON_ROLL), Student.enrolled_on <= term.ends_on, ~is_assessed)
        .group_by(SchoolClass.id, SchoolClass.homeroom_teacher_id)
    )


SOURCES: dict[ChaseKind, Source] = {
    ChaseKind.MARK: missing_marks,
    ChaseKind.SHEET: sheets_not_submitted,
    ChaseKind.CONFIRM: sheets_to_confirm,
    ChaseKind.PUBLISH: sheets_to_publish,
    ChaseKind.MAKEUP: makeups,
    ChaseKind.ROLL: days_without_roll,
    ChaseKind.CONDUCT: conduct_not_assessed,
}


def _days_of_rolls(day: date) -> list[date]:
    """The last school days of the present term; a holiday between two terms has none."""
    term = current_term(day)
    if term is None:
        return []
    first = max(term.starts_on, day - timedelta(days=limit("days_rolls_are_chased", day)))
    last = min(term.ends_on, day - timedelta(days=1))
    return [each for each in days_between(first, last) if is_school_day(each)]


def _of_sheet(kind: ChaseKind, owner_id: ColumnElement[Any] | Any) -> Select[Any]:
    found = _columns(kind, owner_id=owner_id, class_id=MarkSheet.school_class_id, sheet_id=MarkSheet.id)
    return found.select_from(MarkSheet)


def _columns(kind: ChaseKind, *, day: Any = None, **known: Any) -> Select[Any]:
    """All columns of a line, those that are not known of this kind empty."""
    others = (cast(known.get(name, null()), Integer).label(name) for name in COLUMNS)
    day = cast(null(), Date) if day is None else day
    return select(literal(kind.place).label("place"), day.label("day"), *others)
