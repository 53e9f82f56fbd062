"""From one step of an import to the next: who claims it, which job does it, and what is said when it fails."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm.exc import StaleDataError

from exchange.accounts.models import User
from exchange.core.database import db, lock
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.spreadsheets import UnknownHead
from exchange.imports.models import Import, ImportStatus
from exchange.jobs.models import JobState
from exchange.jobs.service import enqueue


def start(import_: Import, task: str, *, by: User | None, **arguments: Any) -> None:
    """Let a job do the step that has been claimed."""
    job = enqueue(f"imports.{task}", by=by, import_id=import_.id, **arguments)
    import_.job_id = job.id
    db.session.flush()


def note_failure(import_: Import, refusal: DomainError, status: ImportStatus) -> None:
    """After a refused step: where the import stands again, and why; headings that nobody knows can be explained."""
    import_.status, import_.error = status, str(refusal)
    if isinstance(refusal, UnknownHead):
        import_.columns, import_.remembered, import_.ignored = {}, {}, []
        import_.unmapped, import_.sheets, import_.other_sheets = refusal.headings, [], refusal.sheets


def check_unchanged(import_: Import, version: int | str | None) -> None:
    """Raises ``NotPossible`` where the import is no longer what the person saw, whose page told its version."""
    if version and str(version) != str(import_.version):
        raise NotPossible(_("别人刚刚动过这次导入。刷新后再看。"))


def has_stopped(import_: Import) -> bool:
    """Whether the job at work on the import ended without finishing it."""
    return import_.is_busy and (import_.job is None or import_.job.state in {JobState.FAILED, JobState.DONE})


def claim(import_: Import, expected: ImportStatus, then: ImportStatus) -> None:
    """Take the import for a step, so that of two people only one wins. Raises ``NotPossible``."""
    lock(import_)
    if import_.status is not expected and not (import_.status is then and has_stopped(import_)):
        raise NotPossible(REFUSED[then](import_))
    import_.status, import_.error = then, ""
    try:
        db.session.flush()
    except StaleDataError:
        raise NotPossible(_("别人刚刚动过这次导入。刷新后再看。")) from None


def _not_committable(import_: Import) -> str:
    if import_.status is ImportStatus.COMMITTED:
        return str(_("这次导入已经写入过了。"))
    return str(_("这次导入%(status)s，不能写入。", status=import_.status.label))


def _not_undoable(import_: Import) -> str:
    if import_.status is ImportStatus.UNDONE:
        return str(_("这次导入已经撤销过了。"))
    return str(_("这次导入%(status)s，没有可以撤销的。", status=import_.status.label))


REFUSED: dict[ImportStatus, Callable[[Import], str]] = {
    ImportStatus.COMMITTING: _not_committable,
    ImportStatus.UNDOING: _not_undoable,
}
