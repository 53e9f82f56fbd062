"""Reading uploads of photographs, and whom a file name may mean."""

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.students.models import Photo, PhotoBatch, PhotoItem, PhotoOutcome, Student
from exchange.students.values import index_of

PORTION = 500


def batches() -> Select[PhotoBatch]:
    """Every upload, the newest first."""
    found = select(PhotoBatch).options(joinedload(PhotoBatch.uploaded_by), joinedload(PhotoBatch.school_class))
    return found.order_by(PhotoBatch.id.desc())


def items_of(batch: PhotoBatch, outcome: str = "") -> Select[PhotoItem]:
    """The files of an upload; those that a person must look at come first."""
    items = select(PhotoItem).where(PhotoItem.batch_id == batch.id)
    if outcome in set(PhotoOutcome):
        items = items.where(PhotoItem.outcome == outcome)
    shown = items.options(joinedload(PhotoItem.student).joinedload(Student.school_class))
    return shown.order_by(PhotoItem.outcome == PhotoOutcome.MATCHED, PhotoItem.hint.is_(None), PhotoItem.id)


def counts_of(batch: PhotoBatch) -> dict[PhotoOutcome, int]:
    """Outcome → how many files had it."""
    counted = select(PhotoItem.outcome, func.count()).where(PhotoItem.batch_id == batch.id)
    found = dict(db.session.execute(counted.group_by(PhotoItem.outcome)).all())
    return {outcome: found[outcome] for outcome in PhotoOutcome if outcome in found}


def matched(batch: PhotoBatch) -> list[PhotoItem]:
    """What a commit writes."""
    found = select(PhotoItem).where(PhotoItem.batch_id == batch.id, PhotoItem.outcome == PhotoOutcome.MATCHED)
    return list(db.session.scalars(found.order_by(PhotoItem.id)))


def replaced_by(batch: PhotoBatch) -> int:
    """How many of the students have a portrait already."""
    students = select(PhotoItem.student_id).where(
        PhotoItem.batch_id == batch.id, PhotoItem.outcome == PhotoOutcome.MATCHED
    )
    present = select(func.count(Photo.id)).where(Photo.replaced_at.is_(None), Photo.student_id.in_(students))
    return db.session.scalar(present) or 0


def students_by_number(numbers: Iterable[str]) -> dict[str, int]:
    """Student number → student."""
    found: dict[str, int] = {}
    for portion in _portions(numbers):
        rows = select(Student.student_no, Student.id).where(Student.student_no.in_(portion))
        found |= dict(db.session.execute(rows).all())
    return found


def students_by_resident_id(numbers: Iterable[str]) -> dict[str, int]:
    """Resident ID → student."""
    indexes = {index_of(number): number for number in numbers}
    found: dict[str, int] = {}
    for portion in _portions(indexes):
        rows = select(Student.resident_id_index, Student.id).where(Student.resident_id_index.in_(portion))
        found |= {indexes[index]: student_id for index, student_id in db.session.execute(rows)}
    return found


def students_by_name(names: Iterable[str], *, school_class_id: int | None) -> dict[str, list[int]]:
    """Name → everybody who bears it, in one class or in the school."""
    found: dict[str, list[int]] = {}
    for portion in _portions(names):
        rows = select(Student.name, Student.id).where(Student.name.in_(portion))
        if school_class_id:
            rows = rows.where(Student.school_class_id == school_class_id)
        for name, student_id in db.session.execute(rows.order_by(Student.id)):
            found.setdefault(name, []).append(student_id)
    return found


def _portions(values: Iterable[str]) -> Iterable[list[str]]:
    wanted = sorted(set(values))
    return (wanted[start : start + PORTION] for start in range(0, len(wanted), PORTION))
