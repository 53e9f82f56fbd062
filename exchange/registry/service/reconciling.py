"""Comparing our records with a file of the registry, and following every difference until it is gone.

Each portion of rows stands for itself and is keyed by student and column: a comparison that was interrupted begins
again and finds what it has already noted.
"""

from collections.abc import Callable

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, now, today
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.storage import store
from exchange.jobs.service import enqueue
from exchange.programmes.models import SchoolClass
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Reconciliation
from exchange.registry.reading import RegistryFile, RegistryRow
from exchange.registry.records import PORTION
from exchange.registry.service.comparison import Comparison
from exchange.registry.service.tallies import recount
from exchange.registry.values import RunStatus

TASK = "registry.reconcile"
LONGEST_NAME = 255
SUFFIXES = (".xlsx", ".xls", ".csv")
Progress = Callable[[int, int], None]


def upload(
    content: bytes, *, filename: str, school_class: SchoolClass | None = None, by: User | None
) -> Reconciliation:
    """Keep the file, encrypted, until it is compared. Raises ``UsageProblem`` for a file of a wrong type."""
    if not filename.lower().endswith(SUFFIXES):
        raise UsageProblem(_("只能读取 .xlsx、.xls 和 .csv 文件。"))
    run = Reconciliation(
        filename=filename[-LONGEST_NAME:],
        upload=store().put(content, suffix=".upload"),
        school_class=school_class,
        actor_id=by.id if by else None,
    )
    db.session.add(run)
    record(RegistryEvent.RECONCILIATION_REQUESTED, run, by=by, filename=run.filename)
    return run


def start(run: Reconciliation, *, by: User | None) -> None:
    """Let a job compare."""
    run.job_id = enqueue(TASK, by=by, run_id=run.id).id
    db.session.flush()


def reconcile(run: Reconciliation, *, by: User | None, progress: Progress | None = None) -> None:
    """Compare every row with our records and what we last sent. Raises ``UsageProblem`` for a file without a head."""
    if run.status is not RunStatus.READING:
        return
    file = RegistryFile(store().get(run.upload), run.filename, today(), progress)
    comparison = Comparison(run, file.headings)
    portion: list[RegistryRow] = []
    for row in file.rows():
        portion.append(row)
        if len(portion) == PORTION:
            comparison.take(portion)
            portion = []
    comparison.take(portion)
    comparison.end()
    run.headings, run.unmapped, run.counts = file.headings, file.unmapped, dict(comparison.counts)
    recount(None)  # records were confirmed
    run.status, run.error, run.finished_at = RunStatus.DONE, "", now()
    forget_file(run)
    record(RegistryEvent.RECONCILIATION_DONE, run, by=by, counts=run.counts)


def note_failure(run: Reconciliation, sentence: str, *, by: User | None) -> None:
    """After a refusal: why nothing was compared."""
    run.status, run.error = RunStatus.FAILED, sentence
    forget_file(run)
    record(RegistryEvent.RECONCILIATION_FAILED, run, by=by, reason=sentence)


def forget_file(run: Reconciliation) -> None:
    """The file is a copy of the registry: what differs is kept, the rest is nobody's business here."""
    if run.upload:
        store().delete(run.upload)
        run.upload = ""
