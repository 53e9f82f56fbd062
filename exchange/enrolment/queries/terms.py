"""Who is registered for a term, and who is not yet."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db
from exchange.enrolment.models import TermRegistration
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import ON_ROLL, Student, StudentStatus


class ClassCount(NamedTuple):
    """The numbers of a class in a term."""

    school_class: SchoolClass
    registered: int
    missing: int
    on_leave: int


def class_counts(
    scope: Select[Student], term: Term, *, only_missing: bool = False
) -> Select[SchoolClass, int, int, int]:
    """Class, registered, missing, on leave: the classes with anybody on the roll; to be paged."""
    is_registered = TermRegistration.id.is_not(None)
    missing = _sum(and_(~is_registered, Student.status == StudentStatus.REGISTERED))
    counted = (
        select(
            SchoolClass,
            _sum(is_registered),
            missing,
            _sum(and_(~is_registered, Student.status == StudentStatus.ON_LEAVE)),
        )
        .join(Student, Student.school_class_id == SchoolClass.id)
        .outerjoin(TermRegistration, _of_term(term))
        .where(Student.id.in_(scope.with_only_columns(Student.id)), *_concerned(term))
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


def unregistered(scope: Select[Student], term: Term) -> Select[Student]:
    """Who studies here and is not registered for the term, class by class."""
    done = select(TermRegistration.student_id).where(TermRegistration.term_id == term.id)
    rows = scope.where(Student.status == StudentStatus.REGISTERED, Student.enrolled_on <= term.ends_on)
    return rows.where(Student.id.not_in(done))


def _concerned(term: Term) -> tuple[ColumnElement[bool], ...]:
    return Student.status.in_(ON_ROLL), Student.enrolled_on <= term.ends_on


def _of_term(term: Term) -> ColumnElement[bool]:
    return and_(TermRegistration.student_id == Student.id, TermRegistration.term_id == term.id)


def _sum(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))
