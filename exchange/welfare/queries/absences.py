"""Reading absences, and the hours and days that the counters take from them."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from exchange.core.database import db
from exchange.programmes.models import Term
from exchange.students.models import Student
from exchange.welfare.models import WITHOUT_LEAVE, Absence, AbsenceKind
from exchange.welfare.rules.counting import Missed, days_between, is_school_day, spread
from exchange.welfare.rules.limits import limit
from exchange.welfare.sources import MISSED_SOURCES, register_missed


def absences_of(student: Student) -> list[Absence]:
    """All absences of a student, withdrawn ones too, the newest first."""
    rows = select(Absence).where(Absence.student_id == student.id).options(joinedload(Absence.noted_by))
    return list(db.session.scalars(rows.order_by(Absence.starts_on.desc(), Absence.id.desc())).unique())


def standing_absences(student: Student, first: date, last: date) -> list[Absence]:
    """The absences of these days that count."""
    return list(db.session.scalars(_standing(first, last).where(Absence.student_id == student.id)))


def hours_noted(absences: Iterable[Absence], day: date, *, until: date) -> int:
    """The class hours of one day that these absences take together."""
    return sum(hours for absence in absences for each, hours in _hours_by_day(absence, until) if each == day)


def unexcused_hours(student: Student, term: Term, *, until: date) -> int:
    """The class hours that the student missed without leave in the term, as all sources know it by that day."""
    missed = missed_by_student(select(Student.id).where(Student.id == student.id), term.starts_on, until)
    return sum(each.hours for each in missed.get(student.id, []) if term.starts_on <= each.day <= term.ends_on)


def missed_by_student(student_ids: Select[int], first: date, last: date) -> dict[int, list[Missed]]:
    """Student → what was missed without leave day by day; what two sources know of one day counts once."""
    found: dict[tuple[int, date], Missed] = {}
    for source in MISSED_SOURCES:
        for key, each in _summed(source(student_ids, first, last)).items():
            known = found.get(key, each)
            found[key] = each._replace(hours=max(each.hours, known.hours), is_away=each.is_away or known.is_away)
    by_student: dict[int, list[Missed]] = {}
    for each in sorted(found.values(), key=lambda each: each.day):
        by_student.setdefault(each.student_id, []).append(each)
    return by_student


def _summed(missed: Iterable[Missed]) -> dict[tuple[int, date], Missed]:
    """The hours of a day together; who misses all of them was away."""
    found: dict[tuple[int, date], Missed] = {}
    for each in missed:
        key = (each.student_id, each.day)
        hours = each.hours + (found[key].hours if key in found else 0)
        is_away = each.is_away or hours >= limit("class_hours_of_a_day", each.day)
        found[key] = each._replace(hours=hours, is_away=is_away or (key in found and found[key].is_away))
    return found


def noted_on(student_ids: Select[int], day: date) -> list[Absence]:
    """What has been noted of these students for the day, with and without leave."""
    return list(db.session.scalars(_standing(day, day).where(Absence.student_id.in_(student_ids))))


def is_noted_with_leave(
    student_id: InstrumentedAttribute[int], day: InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """Whether an absence with leave is the student's of a row and touches the day of the row; part of a statement."""
    return and_(
        Absence.student_id == student_id,
        Absence.withdrawn_at.is_(None),
        Absence.kind.not_in(WITHOUT_LEAVE),
        Absence.starts_on <= day,
        Absence.ends_on >= day,
    )


@register_missed
def noted(student_ids: Select[int], first: date, last: date) -> Iterator[Missed]:
    """What homeroom teachers have noted; an absence that reaches into the days is told whole, up to the last day."""
    rows = _standing(first, last).where(Absence.kind.in_(WITHOUT_LEAVE), Absence.student_id.in_(student_ids))
    for absence in db.session.scalars(rows):
        for day, hours in _hours_by_day(absence, last):
            if day <= last:
                yield Missed(absence.student_id, day, hours, is_away=absence.kind is AbsenceKind.LEFT)


def _standing(first: date, last: date) -> Select[Absence]:
    reaches = or_(Absence.ends_on.is_(None), Absence.ends_on >= first)
    return select(Absence).where(Absence.withdrawn_at.is_(None), Absence.starts_on <= last, reaches)


def _hours_by_day(absence: Absence, until: date) -> Iterator[tuple[date, int]]:
    last = absence.ends_on or max(until, absence.starts_on)
    if absence.kind is not AbsenceKind.LEFT:
        yield from spread(absence.hours, absence.starts_on, last).items()
        return
    whole = limit("class_hours_of_a_day", until)
    for day in days_between(absence.starts_on, last):
        yield day, whole if is_school_day(day) else 0
