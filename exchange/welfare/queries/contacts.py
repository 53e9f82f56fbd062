"""Reading talks, calls and visits."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, Subquery, func, or_, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.students.models import ON_ROLL, Student
from exchange.welfare.models import WITH_FAMILY, ContactNote, VisitReport, VisitSheet
from exchange.welfare.rules.limits import limit


class FamilyContact(NamedTuple):
    """When school and family have last spoken, and whether that is too long ago."""

    held_on: date | None
    days: int
    is_overdue: bool


def notes_of(student: Student) -> list[ContactNote]:
    """All talks with or about a student, the newest first."""
    notes = select(ContactNote).where(ContactNote.student_id == student.id).options(joinedload(ContactNote.noted_by))
    return list(db.session.scalars(notes.order_by(ContactNote.held_on.desc(), ContactNote.id.desc())).unique())


def latest_notes(student_ids: Sequence[int], *, until: date) -> dict[int, ContactNote]:
    """Student → the last talk of any kind, by that day."""
    notes = select(ContactNote).where(ContactNote.student_id.in_(student_ids), ContactNote.held_on <= until)
    return {note.student_id: note for note in db.session.scalars(notes.order_by(ContactNote.held_on, ContactNote.id))}


def last_family_contacts(student_ids: Sequence[int], day: date) -> dict[int, FamilyContact]:
    """Student → the last time that school and family have spoken."""
    last = _last_spoken()
    spoken = select(last.c.student_id, last.c.held_on).where(last.c.student_id.in_(student_ids))
    known = {row[0]: row[1] for row in db.session.execute(spoken)}
    return {each: _contact(known.get(each), day) for each in student_ids}


def _contact(held_on: date | None, day: date) -> FamilyContact:
    days = (day - held_on).days if held_on else 0
    return FamilyContact(held_on, days, is_overdue=held_on is None or held_on < _oldest_allowed(day))


def overdue(students: Select[Student], day: date) -> tuple[ScalarSelect[int], ScalarSelect[str]]:
    """How many on the roll have families that nobody has called for too long, and one of them; parts of a statement."""
    last = _last_spoken()
    silent = students.outerjoin(last, last.c.student_id == Student.id).where(
        Student.status.in_(ON_ROLL), _is_before(last.c.held_on, _oldest_allowed(day))
    )
    first = silent.with_only_columns(Student.name).order_by(Student.id).limit(1).scalar_subquery()
    return silent.with_only_columns(func.count(Student.id)).scalar_subquery(), first


def _last_spoken() -> Subquery:
    """Student → the last talk with the family; a home visit is one, wherever it was written down."""
    talks = select(ContactNote.student_id, ContactNote.held_on).where(ContactNote.kind.in_(WITH_FAMILY))
    visits = select(VisitSheet.student_id, VisitReport.visited_on).join(VisitReport.sheet)
    both = talks.union_all(visits).subquery()
    last = select(both.c.student_id, func.max(both.c.held_on).label("held_on"))
    return last.group_by(both.c.student_id).subquery()


def _is_before(held_on: ColumnElement[date], day: date) -> ColumnElement[bool]:
    return or_(held_on.is_(None), held_on < day)


def _oldest_allowed(day: date) -> date:
    return day - timedelta(days=limit("days_between_family_calls", day))
