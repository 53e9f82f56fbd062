"""Reading assessments of conduct: a class in a term, a student over the years, who is not assessed yet."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.conduct.models import ConductAssessment
from exchange.core.database import db
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import ON_ROLL, Student
from exchange.students.queries import on_roll_in


class ClassCount(NamedTuple):
    """How far a class is in a term."""

    school_class: SchoolClass
    members: int
    assessed: int
    released: int


def class_counts(classes: Select[SchoolClass], term: Term) -> Select[SchoolClass, int, int, int]:
    """Class, members, assessed, released: the classes with anybody on the roll, the youngest first; to be paged."""
    of_term = (ConductAssessment.student_id == Student.id) & (ConductAssessment.term_id == term.id)
    is_released = case((ConductAssessment.released_at.is_not(None), 1), else_=0)
    return (
        select(SchoolClass, func.count(Student.id), func.count(ConductAssessment.id), func.sum(is_released))
        .join(Student, Student.school_class_id == SchoolClass.id)
        .outerjoin(ConductAssessment, of_term)
        .where(
            SchoolClass.id.in_(classes.with_only_columns(SchoolClass.id)),
            Student.status.in_(ON_ROLL),
            Student.enrolled_on <= term.ends_on,
        )
        .group_by(SchoolClass.id)
        .order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
        .options(selectinload(SchoolClass.homeroom_teacher))
    )


def members(school_class: SchoolClass, term: Term) -> list[Student]:
    """Whose conduct is assessed: who is on the roll of the class, by name."""
    return list(db.session.scalars(on_roll_in(school_class.id).where(Student.enrolled_on <= term.ends_on)))


def assessments_of(school_class: SchoolClass, term: Term) -> dict[int, ConductAssessment]:
    """Student → the assessment of the term."""
    rows = (
        select(ConductAssessment)
        .join(ConductAssessment.student)
        .where(Student.school_class_id == school_class.id, ConductAssessment.term_id == term.id)
        .options(joinedload(ConductAssessment.assessed_by))
    )
    found = db.session.scalars(rows.execution_options(populate_existing=True)).unique()
    return {assessment.student_id: assessment for assessment in found}


def history_of(student: Student, *, only_released: bool) -> list[ConductAssessment]:
    """All terms of a student, the newest first; the family reads what is released."""
    rows = (
        select(ConductAssessment)
        .join(ConductAssessment.term)
        .where(ConductAssessment.student_id == student.id)
        .options(joinedload(ConductAssessment.term), joinedload(ConductAssessment.assessed_by))
        .order_by(Term.school_year.desc(), Term.number.desc())
    )
    if only_released:
        rows = rows.where(ConductAssessment.released_at.is_not(None))
    return list(db.session.scalars(rows).unique())


def by_student(student_ids: Collection[int]) -> dict[int, list[ConductAssessment]]:
    """Student → the assessments of all terms in order, for rules that ask whether conduct was passed."""
    rows = (
        select(ConductAssessment)
        .join(ConductAssessment.term)
        .where(ConductAssessment.student_id.in_(student_ids))
        .options(joinedload(ConductAssessment.term))
        .order_by(Term.school_year, Term.number)
    )
    found: dict[int, list[ConductAssessment]] = {}
    for assessment in db.session.scalars(rows):
        found.setdefault(assessment.student_id, []).append(assessment)
    return found
