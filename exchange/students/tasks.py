"""Background work on students' records."""

from exchange.accounts.models import User
from exchange.core.database import db, today
from exchange.core.errors import DomainError
from exchange.jobs.models import Job
from exchange.jobs.service import advance, daily, task
from exchange.students import service
from exchange.students.models import PhotoBatch


@daily("students.bring_up_to_date")
def bring_up_to_date(_job: Job) -> None:
    service.bring_up_to_date(by=None)


@daily("students.note_majority")
def note_majority(_job: Job) -> None:
    service.note_majority(on=today())


@task("students.review_photos")
def review_photos(job: Job, *, batch_id: int) -> str:
    """Read the stored ZIP; a refusal is kept with the upload, where people see it."""
    by = db.session.get(User, job.actor_id) if job.actor_id else None
    batch = db.session.get_one(PhotoBatch, batch_id)
    try:
        service.review_photos(batch, by=by, progress=lambda done, total: advance(job, done, total))
    except DomainError as refusal:
        db.session.rollback()
        service.note_photo_failure(db.session.get_one(PhotoBatch, batch_id), str(refusal))
    return f"/students/photos/{batch_id}"
