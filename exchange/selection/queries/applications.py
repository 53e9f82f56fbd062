"""Who has applied for what, and who has not."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.selection.models import Choice, InternshipApplication, InternshipBatch
from exchange.selection.queries.batches import candidates_of
from exchange.students.models import Student, StudentStatus


def application_of(batch: InternshipBatch, student: Student) -> InternshipApplication | None:
    """What the student has handed in for the batch."""
    return db.session.scalar(
        select(InternshipApplication)
        .where(InternshipApplication.batch_id == batch.id, InternshipApplication.student_id == student.id)
        .options(selectinload(InternshipApplication.choices), joinedload(InternshipApplication.companion))
    )


def applications_of(batch: InternshipBatch) -> list[InternshipApplication]:
    """Applications with at least one choice of students who are registered, by class and name."""
    rows = (
        select(InternshipApplication)
        .join(InternshipApplication.student)
        .where(InternshipApplication.batch_id == batch.id, _has_choices(), Student.status == StudentStatus.REGISTERED)
        .options(
            selectinload(InternshipApplication.choices),
            joinedload(InternshipApplication.student)
            .joinedload(Student.school_class)
            .joinedload(SchoolClass.programme),
            joinedload(InternshipApplication.companion),
        )
    )
    return list(db.session.scalars(rows.order_by(Student.school_class_id, Student.pinyin, Student.id)))


def number_of_applications(batch: InternshipBatch, class_ids: Collection[int] | None = None) -> int:
    """How many students have handed in choices; of some classes or of all."""
    rows = (
        select(func.count(InternshipApplication.id))
        .join(InternshipApplication.student)
        .where(InternshipApplication.batch_id == batch.id, _has_choices())
    )
    if class_ids is not None:
        rows = rows.where(Student.school_class_id.in_(class_ids))
    return db.session.scalar(rows) or 0


def numbers_of_applications(batch_ids: Sequence[int]) -> dict[int, int]:
    """Batch → how many students have handed in choices."""
    rows = (
        select(InternshipApplication.batch_id, func.count(InternshipApplication.id))
        .where(InternshipApplication.batch_id.in_(batch_ids), _has_choices())
        .group_by(InternshipApplication.batch_id)
    )
    return {row[0]: row[1] for row in db.session.execute(rows)}


def students_without_application(batch: InternshipBatch, scope: Select[Student]) -> list[Student]:
    """The students of the scope who could apply and have not, or have taken their choices back."""
    applied = select(InternshipApplication.student_id).where(InternshipApplication.batch_id == batch.id, _has_choices())
    rows = candidates_of(batch).where(Student.id.in_(scope.with_only_columns(Student.id)), Student.id.not_in(applied))
    return list(db.session.scalars(rows.options(joinedload(Student.school_class))))


def classmates_of(student: Student) -> list[Student]:
    """With whom a student may want to go: the registered students of the own class."""
    rows = select(Student).where(
        Student.school_class_id == student.school_class_id,
        Student.status == StudentStatus.REGISTERED,
        Student.id != student.id,
    )
    return list(db.session.scalars(rows.order_by(Student.pinyin, Student.id)))


def _has_choices() -> ColumnElement[bool]:
    return exists().where(Choice.application_id == InternshipApplication.id)
