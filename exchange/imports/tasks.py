"""Reading, writing and undoing as jobs; a refusal is kept with the import, where people see it."""

from collections.abc import Callable, Sequence

from exchange.accounts.models import User
from exchange.core.database import db, unlocked
from exchange.core.errors import DomainError
from exchange.imports import service
from exchange.imports.importer import Progress
from exchange.imports.models import Import, ImportStatus
from exchange.jobs.models import Job
from exchange.jobs.service import advance, task


@task("imports.review")
def review(job: Job, *, import_id: int) -> str:
    """Read the stored file."""

    def read(import_: Import, by: User | None, progress: Progress) -> None:
        with unlocked():
            sheets = service.sheets_of(import_)
        service.review(import_, by=by, progress=progress, sheets=sheets)

    return _step(job, import_id, read, Is.FAILED)


@task("imports.commit")
def commit(job: Job, *, import_id: int, ids: list[int] | None = None, without: Sequence[int] = ()) -> str:
    """Write the rows, those with these ids, or all without some."""

    def write(import_: Import, by: User | None, progress: Progress) -> None:
        service.commit(import_, ids=ids, without=without, by=by, progress=progress)

    return _step(job, import_id, write, Is.REVIEWED)


@task("imports.undo")
def undo(job: Job, *, import_id: int, reason: str) -> str:
    """Take everything back."""

    def take_back(import_: Import, by: User | None, progress: Progress) -> None:
        service.undo(import_, reason=reason, by=by, progress=progress)

    return _step(job, import_id, take_back, Is.COMMITTED)


Is = ImportStatus


def _step(
    job: Job, import_id: int, step: Callable[[Import, User | None, Progress], None], after_refusal: ImportStatus
) -> str:
    by = db.session.get(User, job.actor_id) if job.actor_id else None
    try:
        step(db.session.get_one(Import, import_id), by, lambda done, total: advance(job, done, total))
    except DomainError as refusal:
        db.session.rollback()
        service.note_failure(db.session.get_one(Import, import_id), refusal, after_refusal)
    return f"/imports/{import_id}"
