"""The chase list of the school or of one teacher: its lines, and how many each teacher has."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, Subquery, false, func, select, union_all

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.coursework.chase.kinds import ChaseKind
from exchange.coursework.chase.sources import SOURCES, missing_marks
from exchange.coursework.models import Assessment, MarkSheet
from exchange.programmes.models import Course, SchoolClass
from exchange.students.models import Student


@dataclass(frozen=True)
class Scope:
    """Whose lines, of which kind and of which classes. ``owner_id`` 0 stands for what is left to the registrar."""

    owner_id: int | None = None
    kind: ChaseKind | None = None
    text: str = ""


class Count(NamedTuple):
    """How many lines a teacher has; without a teacher those of the registrar."""

    owner_id: int | None
    name: str | None
    lines: int


def listed(scope: Scope, day: date) -> Select[Any]:
    """What is missing, in the order of kinds, classes and places; to be paged, and put into words by ``words``."""
    rows = _rows(scope.kind, day)
    names = (
        SchoolClass.name.label("class_name"),
        User.name.label("owner"),
        Course.name.label("course"),
        Student.name.label("student"),
        Assessment.name.label("assessment"),
    )
    return (
        _narrowed(select(rows, *names), rows, scope)
        .outerjoin(MarkSheet, MarkSheet.id == rows.c.sheet_id)
        .outerjoin(Course, Course.id == MarkSheet.course_id)
        .outerjoin(Student, Student.id == rows.c.student_id)
        .outerjoin(Assessment, Assessment.id == rows.c.assessment_id)
        .order_by(rows.c.place, SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id, rows.c.day)
        .order_by(rows.c.sheet_id, Student.student_no, Assessment.position, rows.c.assessment_id)
    )


def counts(scope: Scope, day: date) -> list[Count]:
    """How many lines everybody of the scope has, by name, the registrar first."""
    rows = _rows(scope.kind, day)
    counted = _narrowed(select(rows.c.owner_id, User.name, func.count()), rows, scope)
    counted = counted.group_by(rows.c.owner_id, User.name).order_by(User.name, rows.c.owner_id)
    found = [Count(*row) for row in db.session.execute(counted)]
    return sorted(found, key=lambda each: each.owner_id is not None)


def _rows(kind: ChaseKind | None, day: date) -> Subquery:
    """All lines of the kind, or of every kind."""
    sources = [SOURCES[kind]] if kind else SOURCES.values()
    found = [statement for source in sources if (statement := source(day)) is not None]
    return union_all(*(found or [missing_marks(day).where(false())])).subquery()


def _narrowed(found: Select[Any], rows: Subquery, scope: Scope) -> Select[Any]:
    found = found.select_from(rows).join(SchoolClass, SchoolClass.id == rows.c.class_id)
    found = found.outerjoin(User, User.id == rows.c.owner_id)
    if scope.text:
        found = found.where(SchoolClass.name.icontains(scope.text, autoescape=True))
    if scope.owner_id is None:
        return found
    return found.where(rows.c.owner_id == scope.owner_id if scope.owner_id else rows.c.owner_id.is_(None))
