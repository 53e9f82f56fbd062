"""Who is registered for a term, and who is not yet."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.audit.models import AuditEvent
from exchange.core.database import db, end_of
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.models import TermRegistration
from exchange.programmes.models import SchoolClass, Term
from exchange.students import history
from exchange.students.models import ON_ROLL, Student, StudentStatus


class ClassCount(NamedTuple):
    """The numbers of a class in a term."""

    school_class: SchoolClass
    registered: int
    missing: int
    on_leave: int


def class_counts(
    scope: Select[Student], term: Term, *, only_missing: bool = False, day: date | None = None
) -> Select[SchoolClass, int, int, int]:
    """Class, registered, missing, on leave: the classes with anybody on the roll, now or on a day; to be paged."""
    is_registered: ColumnElement[bool] = TermRegistration.id.is_not(None)
    if day is not None:
        by_then = TermRegistration.registered_on <= day
        is_registered = or_(and_(is_registered, by_then), Student.id.in_(_taken_back_after(term, day)))
    status = Student.status if day is None else history.status_on()
    missing = _sum(and_(~is_registered, status == StudentStatus.REGISTERED))
    columns = (SchoolClass, _sum(is_registered), missing, _sum(and_(~is_registered, status == StudentStatus.ON_LEAVE)))
    people = select(*columns).select_from(Student)
    if day is None:
        people = people.join(SchoolClass, Student.school_class_id == SchoolClass.id)
    else:
        people = history.with_state(people, day).join(SchoolClass, history.class_on() == SchoolClass.id)
    last = term.ends_on if day is None else min(day, term.ends_on)
    counted = (
        people.outerjoin(TermRegistration, _of_term(term))
        .where(Student.id.in_(scope.with_only_columns(Student.id)), status.in_(ON_ROLL), Student.enrolled_on <= last)
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
        .options(selectinload(SchoolClass.homeroom_teacher))
    )
    return counted.having(missing > 0) if only_missing else counted


def members(scope: Select[Student], school_class: SchoolClass, term: Term) -> list[Student]:
    """The students of a class who are on the roll, by pinyin."""
    rows = scope.where(Student.school_class_id == school_class.id, *_concerned(term))
    return list(db.session.scalars(rows.order_by(Student.pinyin, Student.id)))


def registered(student_ids: list[int], term: Term) -> dict[int, TermRegistration]:
    """Student → the registration for the term."""
    found = select(TermRegistration).where(
        TermRegistration.term_id == term.id, TermRegistration.student_id.in_(student_ids)
    )
    rows = db.session.scalars(found.options(joinedload(TermRegistration.registered_by))).unique()
    return {registration.student_id: registration for registration in rows}


def is_kept(term: Term) -> bool:
    """Whether anybody at all has been registered for the term."""
    return bool(
        db.session.scalar(select(select(TermRegistration.id).where(TermRegistration.term_id == term.id).exists()))
    )


def unregistered(scope: Select[Student], term: Term) -> Select[Student]:
    """Who studies here and is not registered for the term, class by class."""
    done = select(TermRegistration.student_id).where(TermRegistration.term_id == term.id)
    rows = scope.where(Student.status == StudentStatus.REGISTERED, Student.enrolled_on <= term.ends_on)
    return rows.where(Student.id.not_in(done))


def _taken_back_after(term: Term, day: date) -> list[int]:
    """Whose registration for the term, made by the day, was taken back later; the trail keeps what it said."""
    lines = select(AuditEvent).where(
        AuditEvent.action == EnrolmentEvent.TERM_UNREGISTERED.value, AuditEvent.created_at >= end_of(day)
    )
    return [line.subject_id for line in db.session.scalars(lines) if _tells_of(line.changes or {}, term, day)]


def _tells_of(changes: Mapping[str, Any], term: Term, day: date) -> bool:
    same = (changes.get("school_year"), changes.get("number")) == (term.school_year, term.number)
    return same and str(changes.get("registered_on", "")) <= day.isoformat()


def _concerned(term: Term) -> tuple[ColumnElement[bool], ...]:
    return Student.status.in_(ON_ROLL), Student.enrolled_on <= term.ends_on


def _of_term(term: Term) -> ColumnElement[bool]:
    return and_(TermRegistration.student_id == Student.id, TermRegistration.term_id == term.id)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
