"""Portraits in bulk: keep the ZIP, read it in the background, and write what a person has looked at."""

from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import NamedTuple

from sqlalchemy import delete, insert, update

from exchange.accounts.models import User
from exchange.audit.service import record, record_all
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.core.storage import store
from exchange.jobs.service import enqueue
from exchange.programmes.models import SchoolClass
from exchange.students.events import PhotoEvent, StudentEvent
from exchange.students.models import Photo, PhotoBatch, PhotoBatchStatus, PhotoItem, PhotoOutcome, Student
from exchange.students.photos import Clues, Unfit, clues_in, open_archive, portrait_from
from exchange.students.queries import photos as queries

LONGEST_NAME = 200
EACH = 10  # files between two words on how far it is
Progress = Callable[[int, int], None]
Is = PhotoBatchStatus


class Candidate(NamedTuple):
    """Whom a file name means, or why nobody."""

    outcome: PhotoOutcome
    student_id: int | None


class Register:
    """Looks up what file names say, all at once."""

    def __init__(self, clues: Iterable[Clues], *, school_class_id: int | None) -> None:
        known = list(clues)
        self.by_number = queries.students_by_number(number for each in known for number in each.numbers)
        self.by_resident_id = queries.students_by_resident_id(number for each in known for number in each.resident_ids)
        names = (name for each in known for name in each.names)
        self.by_name = queries.students_by_name(names, school_class_id=school_class_id)

    def find(self, clues: Clues) -> Candidate:
        """A number counts more than a name; where both are there, they must be the same person's."""
        numbered = {self.by_resident_id[each] for each in clues.resident_ids if each in self.by_resident_id}
        numbered |= {self.by_number[each] for each in clues.numbers if each in self.by_number}
        named = {student_id for name in clues.names for student_id in self.by_name.get(name, ())}
        candidates = numbered & named if numbered and named else numbered or named
        if len(candidates) == 1:
            return Candidate(PhotoOutcome.MATCHED, candidates.pop())
        contradicts = bool(numbered or named)
        return Candidate(PhotoOutcome.AMBIGUOUS if contradicts else PhotoOutcome.UNKNOWN, None)


def upload_photos(content: bytes, *, filename: str, school_class: SchoolClass | None = None, by: User) -> PhotoBatch:
    """Keep the ZIP and let a job read it. Raises ``UnusableArchive``."""
    open_archive(content)  # what is no archive is refused at once
    batch = PhotoBatch(
        filename=PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:] or "—",
        upload=store().put(content),
        school_class_id=school_class.id if school_class else None,
        uploaded_by_id=by.id,
    )
    db.session.add(batch)
    record(PhotoEvent.UPLOADED, batch, by=by, file=batch.filename)
    batch.job_id = enqueue("students.review_photos", by=by, batch_id=batch.id).id
    db.session.flush()
    return batch


def review_photos(batch: PhotoBatch, *, by: User | None, progress: Progress | None = None) -> None:
    """Read every file, one at a time, and note what would be written. Nothing of a student changes.

    A job that was interrupted begins anew, without leaving anything of the first attempt behind.
    """
    if batch.status is not Is.READING:
        return
    _forget_items(batch)
    upload = store().get(batch.upload)
    archive = open_archive(upload)
    total, batch.skipped = len(archive.names), archive.left_out
    register = Register(map(clues_in, archive.names), school_class_id=batch.school_class_id)
    taken: set[int] = set()
    for number, entry in enumerate(archive.entries(), start=1):
        db.session.add(_item(batch, entry.filename, entry.content, register, taken))
        if progress and number % EACH == 0:
            db.session.flush()
            progress(number, total)
    batch.status = Is.REVIEWED
    store().delete(batch.upload)
    batch.upload = ""
    record(PhotoEvent.REVIEWED, batch, by=by, files=total)


def commit_photos(batch: PhotoBatch, *, by: User) -> int:
    """Write what was matched; the portraits there were stay as history. Gives how many. Raises ``NotPossible``."""
    _claim(batch)
    items = queries.matched(batch)
    if not items:
        raise NotPossible(_("没有可以写入的照片。"))
    moment = now()
    ids = [item.student_id for item in items]
    db.session.execute(
        update(Photo)
        .where(Photo.student_id.in_(ids), Photo.replaced_at.is_(None))
        .values(replaced_at=moment)
        .execution_options(synchronize_session=False)
    )
    rows = [
        {
            "student_id": item.student_id,
            "key": item.key,
            "width": item.width,
            "height": item.height,
            "batch_id": batch.id,
            "uploaded_by_id": by.id,
        }
        for item in items
    ]
    db.session.execute(insert(Photo), rows)
    batch.status, batch.committed_at = Is.COMMITTED, moment
    lines = [(item.student_id, {"file": item.filename, "batch": batch.id}) for item in items if item.student_id]
    record_all(StudentEvent.PHOTO_TAKEN_IN, Student, lines, by=by)
    record(PhotoEvent.COMMITTED, batch, by=by, written=len(items))
    return len(items)


def cancel_photos(batch: PhotoBatch, *, by: User) -> None:
    """Drop the upload with everything that was read. Raises ``NotPossible``."""
    _claim(batch, also=Is.READING)
    batch.status = Is.CANCELLED
    _forget_items(batch)
    if batch.upload:
        store().delete(batch.upload)
        batch.upload = ""
    record(PhotoEvent.CANCELLED, batch, by=by)


def note_photo_failure(batch: PhotoBatch, sentence: str) -> None:
    """After a refused reading: why, where people see it."""
    batch.status, batch.error = Is.FAILED, sentence


def _claim(batch: PhotoBatch, also: PhotoBatchStatus = Is.REVIEWED) -> None:
    lock(batch)
    if batch.status not in {Is.REVIEWED, also}:
        raise NotPossible(_("这包照片%(status)s，不能再动。", status=batch.status.label))


def _forget_items(batch: PhotoBatch) -> None:
    for item in queries.matched(batch):
        store().delete(item.key)
    items = delete(PhotoItem).where(PhotoItem.batch_id == batch.id)
    db.session.execute(items.execution_options(synchronize_session=False))


def _item(batch: PhotoBatch, filename: str, content: bytes | None, register: Register, taken: set[int]) -> PhotoItem:
    item = PhotoItem(batch_id=batch.id, filename=filename[-LONGEST_NAME:])
    try:
        if content is None:
            raise Unfit(PhotoOutcome.TOO_LARGE)
        portrait = portrait_from(content)
    except Unfit as unfit:
        item.outcome = unfit.outcome
        return item
    item.width, item.height, item.hint = portrait.width, portrait.height, portrait.hint
    item.outcome, item.student_id = register.find(clues_in(filename))
    if item.student_id in taken:
        item.outcome = PhotoOutcome.DUPLICATE
    elif item.student_id is not None:
        taken.add(item.student_id)
        item.key = store().put(portrait.content, suffix=".jpg")
    return item
