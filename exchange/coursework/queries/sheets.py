"""Lists of sheets: which wait for whom, and how much is missing on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.coursework.models import SHOWN, Assessment, Mark, MarkSheet, SheetStatus
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import Student, StudentStatus


@dataclass(frozen=True)
class SheetLine:
    """A sheet in a list: how many marks it should have and how many are still missing."""

    sheet: MarkSheet
    expected: int
    missing: int


def sheets(scope: Select[MarkSheet], *, user: User) -> Select[MarkSheet]:
    """The sheets of the scope with what a list shows, those that wait for this user first."""
    related = (MarkSheet.course, MarkSheet.school_class, MarkSheet.term)
    urgency = case((waits_for(user), 0), (MarkSheet.status.in_(SHOWN), 2), else_=1)
    return (
        scope.outerjoin(Term, Term.id == MarkSheet.term_id)
        .options(*(joinedload(each) for each in related))
        .options(joinedload(MarkSheet.teacher).options(lazyload(User.assignments)))
        .order_by(urgency, Term.school_year.desc(), Term.number.desc(), MarkSheet.id.desc())
    )


def lines(found: Sequence[MarkSheet]) -> list[SheetLine]:
    """Count, in three statements, what is missing on each of the sheets."""
    students = _students_per_class({sheet.school_class_id for sheet in found})
    ids = [sheet.id for sheet in found]
    columns = (
        select(Assessment.sheet_id, func.count()).where(Assessment.sheet_id.in_(ids)).group_by(Assessment.sheet_id)
    )
    assessments: dict[int, int] = dict(db.session.execute(columns).all())
    filled = _filled_per_sheet(ids)
    expected = [students.get(sheet.school_class_id, 0) * assessments.get(sheet.id, 0) for sheet in found]
    return [
        SheetLine(sheet, total, total - filled.get(sheet.id, 0)) for sheet, total in zip(found, expected, strict=True)
    ]


def courses_with_sheets(school_class: SchoolClass, term: Term | None) -> set[int]:
    """The courses of which the class has a sheet in the term, by id."""
    if term is None:
        return set()
    opened = select(MarkSheet.course_id).where(MarkSheet.school_class_id == school_class.id)
    return set(db.session.scalars(opened.where(MarkSheet.term_id == term.id)))


def waits_for(user: User) -> ColumnElement[bool]:
    """Whether a sheet waits for this user; part of a statement.

    A sheet of a class without students asks nothing of its teacher yet.
    """
    own_draft = and_(MarkSheet.teacher_id == user.id, MarkSheet.status == SheetStatus.DRAFT, has_students())
    if user.may(Permission.COURSEWORK_PUBLISH):
        by_others = MarkSheet.submitted_by_id.is_distinct_from(user.id) & (MarkSheet.teacher_id != user.id)
        to_confirm = and_(MarkSheet.status == SheetStatus.SUBMITTED, by_others)
        return or_(own_draft, to_confirm, MarkSheet.status == SheetStatus.CONFIRMED)
    return own_draft


def has_students() -> ColumnElement[bool]:
    """Whether the class of a sheet has students; part of a statement."""
    return exists().where(
        Student.school_class_id == MarkSheet.school_class_id, Student.status == StudentStatus.REGISTERED
    )


def is_filled() -> ColumnElement[bool]:
    """Whether a cell was filled and not cleared again; part of a statement."""
    return or_(Mark.score.is_not(None), Mark.special.is_not(None))


def _students_per_class(class_ids: set[int]) -> dict[int, int]:
    counted = (
        select(Student.school_class_id, func.count())
        .where(Student.school_class_id.in_(class_ids), Student.status == StudentStatus.REGISTERED)
        .group_by(Student.school_class_id)
    )
    return dict(db.session.execute(counted).all())


def _filled_per_sheet(sheet_ids: Sequence[int]) -> dict[int, int]:
    """Marks of registered students of the class; those of others are never missed."""
    counted = (
        select(Assessment.sheet_id, func.count())
        .join(Mark, Mark.assessment_id == Assessment.id)
        .join(MarkSheet, MarkSheet.id == Assessment.sheet_id)
        .join(Student, and_(Student.id == Mark.student_id, Student.school_class_id == MarkSheet.school_class_id))
        .where(Assessment.sheet_id.in_(sheet_ids), Student.status == StudentStatus.REGISTERED, is_filled())
        .group_by(Assessment.sheet_id)
    )
    return dict(db.session.execute(counted).all())
