"""Lists of sheets: what waits for whom, and how much is missing on each."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.coursework.models import SHOWN, Assessment, Mark, MarkSheet, SheetStatus
from exchange.programmes.models import SchoolClass, Term
from exchange.students.models import Student, StudentStatus

MOST_SHOWN = 12


@dataclass(frozen=True)
class SheetLine:
    """A sheet in a list: how many marks it should have and how many are still missing."""

    sheet: MarkSheet
    expected: int
    missing: int


def sheets(scope: Select[MarkSheet], *, user: User) -> Select[MarkSheet]:
    """The sheets of the scope with what a list shows, those that wait for this user first."""
    related = (MarkSheet.course, MarkSheet.school_class, MarkSheet.term)
    urgency = case((_waits_for(user), 0), (MarkSheet.status.in_(SHOWN), 2), else_=1)
    return (
        scope.join(Term, Term.id == MarkSheet.term_id)
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


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """What waits for this user, as title, detail and address: own sheets to fill, others to confirm and to publish."""
    own = select(MarkSheet).where(_waits_for(user))
    if not (user.may(Permission.COURSEWORK_RECORD) or user.may(Permission.COURSEWORK_PUBLISH)):
        return []
    found = list(db.session.scalars(sheets(own, user=user).limit(MOST_SHOWN)))
    if not user.may(Permission.COURSEWORK_RECORD):  # what is submitted is whole
        return [_work(SheetLine(sheet, 0, 0)) for sheet in found]
    return [_work(line) for line in lines(found)]


def _work(line: SheetLine) -> tuple[str, str, str]:
    names = {"course": line.sheet.course.name, "school_class": line.sheet.school_class.name}
    url = url_for("coursework.sheet", sheet_id=line.sheet.id)
    if line.sheet.status == SheetStatus.SUBMITTED:
        title = _("确认%(school_class)s的%(course)s成绩", **names)
        return str(title), str(_("%(teacher)s已提交", teacher=line.sheet.teacher.name)), url
    if line.sheet.status == SheetStatus.CONFIRMED:
        return str(_("公布%(school_class)s的%(course)s成绩", **names)), str(_("成绩已确认")), url
    if line.missing:
        title = _("录入%(school_class)s的%(course)s成绩", **names)
        return str(title), str(_("还缺 %(count)s 个成绩", count=line.missing)), url
    return str(_("提交%(school_class)s的%(course)s成绩", **names)), str(_("成绩已录齐")), url


def _waits_for(user: User) -> ColumnElement[bool]:
    """A sheet of a class without students asks nothing of its teacher yet."""
    has_students = exists().where(
        Student.school_class_id == MarkSheet.school_class_id, Student.status == StudentStatus.REGISTERED
    )
    own_draft = and_(MarkSheet.teacher_id == user.id, MarkSheet.status == SheetStatus.DRAFT, has_students)
    if user.may(Permission.COURSEWORK_PUBLISH):
        by_others = MarkSheet.submitted_by_id.is_distinct_from(user.id) & (MarkSheet.teacher_id != user.id)
        to_confirm = and_(MarkSheet.status == SheetStatus.SUBMITTED, by_others)
        return or_(own_draft, to_confirm, MarkSheet.status == SheetStatus.CONFIRMED)
    return own_draft


def _students_per_class(class_ids: set[int]) -> dict[int, int]:
    counted = (
        select(Student.school_class_id, func.count())
        .where(Student.school_class_id.in_(class_ids), Student.status == StudentStatus.REGISTERED)
        .group_by(Student.school_class_id)
    )
    return dict(db.session.execute(counted).all())


def _filled_per_sheet(sheet_ids: Sequence[int]) -> dict[int, int]:
    """Marks of registered students of the class; those of others are never missed."""
    is_filled = or_(Mark.score.is_not(None), Mark.special.is_not(None))
    counted = (
        select(Assessment.sheet_id, func.count())
        .join(Mark, Mark.assessment_id == Assessment.id)
        .join(MarkSheet, MarkSheet.id == Assessment.sheet_id)
        .join(Student, and_(Student.id == Mark.student_id, Student.school_class_id == MarkSheet.school_class_id))
        .where(Assessment.sheet_id.in_(sheet_ids), Student.status == StudentStatus.REGISTERED, is_filled)
        .group_by(Assessment.sheet_id)
    )
    return dict(db.session.execute(counted).all())
