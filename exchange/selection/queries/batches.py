"""Batches, their openings, and whose business they are."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.core.database import db
from exchange.partners.models import HostOrganisation, Post
from exchange.programmes.models import SchoolClass
from exchange.selection.models import BatchClass, InternshipBatch, Opening
from exchange.students.models import Student, StudentStatus

MOST_CLASSES = 60


def batches(scope: Select[InternshipBatch]) -> Select[InternshipBatch]:
    """The batches of the scope, the next first day first; to be paged."""
    return scope.order_by(InternshipBatch.starts_on.desc(), InternshipBatch.id.desc())


def find_batch(name: str) -> InternshipBatch | None:
    """The batch with this name."""
    return db.session.scalar(select(InternshipBatch).where(InternshipBatch.name == name))


def openings_of(batch: InternshipBatch) -> list[Opening]:
    """The openings of a batch with post and host, and what is recorded of the host."""
    rows = (
        select(Opening)
        .where(Opening.batch_id == batch.id)
        .join(Opening.post)
        .join(Post.host_organisation)
        .options(
            joinedload(Opening.post).joinedload(Post.host_organisation).selectinload(HostOrganisation.records),
            selectinload(Opening.class_rows),
        )
    )
    return list(db.session.scalars(rows.order_by(HostOrganisation.name, Post.name, Opening.id)))


def classes_of(batch: InternshipBatch) -> list[SchoolClass]:
    """The classes that take part, by name."""
    taking_part = select(BatchClass.class_id).where(BatchClass.batch_id == batch.id)
    rows = select(SchoolClass).where(SchoolClass.id.in_(taking_part))
    return list(db.session.scalars(rows.order_by(SchoolClass.intake_year, SchoolClass.number, SchoolClass.id)))


def classes_to_offer(beside: Collection[int] = ()) -> list[SchoolClass]:
    """The newest classes for a choice, and those that are chosen already."""
    newest = select(SchoolClass).order_by(SchoolClass.intake_year.desc(), SchoolClass.number, SchoolClass.id)
    offered = list(db.session.scalars(newest.limit(MOST_CLASSES)))
    missing = set(beside) - {each.id for each in offered}
    if missing:
        offered += db.session.scalars(select(SchoolClass).where(SchoolClass.id.in_(missing)))
    return offered


def candidates_of(batch: InternshipBatch) -> Select[Student]:
    """The registered students of the classes that take part, by name."""
    taking_part = select(BatchClass.class_id).where(BatchClass.batch_id == batch.id)
    registered = select(Student).where(
        Student.school_class_id.in_(taking_part), Student.status == StudentStatus.REGISTERED
    )
    return registered.order_by(Student.school_class_id, Student.pinyin, Student.id)


def number_of_candidates(batch: InternshipBatch) -> int:
    """How many students could apply."""
    students = candidates_of(batch).order_by(None).with_only_columns(func.count(Student.id))
    return db.session.scalar(students) or 0
