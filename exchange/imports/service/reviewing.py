"""Upload and review: the file is kept and read, no record of the domain is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import append_all, db, lock
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet, check_filename, read
from exchange.core.storage import store
from exchange.imports import headings, queries
from exchange.imports.events import ImportEvent
from exchange.imports.importer import ERROR, WARNING, Progress, ReviewedRow
from exchange.imports.models import Import, ImportRow, ImportStatus, Outcome, Rank
from exchange.imports.service.kinds import importer_of
from exchange.imports.service.steps import has_stopped

LONGEST_NAME = 255


def upload(
    content: bytes,
    *,
    filename: str,
    kind: str,
    target: str,
    sender: str = "",
    mapping: Mapping[str, str] | None = None,
    sheets: Sequence[str] = (),
    by: User | None,
) -> Import:
    """Keep the file, encrypted. Raises ``UsageProblem`` for an unknown kind or target and a file of a wrong type."""
    importer = importer_of(kind)
    target = importer.target_of(target)
    check_filename(filename)
    import_ = Import(
        kind=kind,
        target=target,
        sender=headings.sender_named(sender),
        filename=filename[-LONGEST_NAME:],
        mapping=dict(mapping or {}),
        chosen_sheets=list(sheets),
        upload=store().put(content, suffix=".upload"),
        actor_id=by.id if by else None,
    )
    db.session.add(import_)
    told = {"sender": import_.sender} if import_.sender else {}
    record(ImportEvent.UPLOADED, import_, by=by, filename=import_.filename, target=target, **told)
    return import_


def sheets_of(import_: Import) -> list[Sheet]:
    """What stands in the stored file. Takes seconds and writes nothing. Raises ``UsageProblem``."""
    return read(store().get(import_.upload), import_.filename)


def review(
    import_: Import, *, by: User | None, progress: Progress | None = None, sheets: Sequence[Sheet] | None = None
) -> None:
    """Read the stored file and keep what is found; writes no record of the domain. Raises ``UsageProblem``."""
    importer = importer_of(import_.kind)
    sheets = sheets_of(import_) if sheets is None else sheets
    reading = importer.read(
        sheets,
        target=import_.target,
        mapping=import_.mapping,
        remembered=headings.remembered(import_.kind, import_.sender),
        chosen=import_.chosen_sheets,
        progress=progress,
    )
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_.id))
    outcomes: Counter[Outcome] = Counter()
    warned = 0
    portion: list[dict[str, Any]] = []
    for row in reading.rows:
        portion.append(_stored(row, import_id=import_.id))
        outcomes[row.outcome] += 1
        warned += portion[-1]["rank"] == Rank.WARNED
        if len(portion) == queries.PORTION:
            append_all(ImportRow, portion)
            portion = []
    append_all(ImportRow, portion)
    import_.sheets, import_.columns = list(reading.sheets), dict(reading.columns)
    import_.remembered, import_.ignored = dict(reading.remembered), list(reading.ignored)
    import_.unmapped, import_.other_sheets = list(reading.unmapped), list(reading.other_sheets)
    headings.remember(import_.kind, import_.sender, import_.mapping, by=by)
    import_.warned, import_.error = warned, ""
    _count(import_, outcomes)
    import_.status = ImportStatus.REVIEWED
    record(ImportEvent.REVIEWED, import_, by=by, counts=_counts(import_))


def discard_file(import_: Import) -> None:
    """Forget the stored file of an import that is not kept; the files know nothing of transactions."""
    store().delete(import_.upload)


def discard(import_: Import, *, by: User | None) -> None:
    """Forget an import of which nothing was written, with its rows and its file. Raises ``NotPossible``."""
    lock(import_)
    if not import_.can_be_discarded:
        raise NotPossible(_("这次导入%(status)s，不能放弃。", status=import_.status.label))
    record(ImportEvent.DISCARDED, import_, by=by, filename=import_.filename, counts=_counts(import_))
    store().delete_after_commit(import_.upload)
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == import_.id))
    db.session.delete(import_)
    db.session.flush()


def review_again(
    import_: Import,
    *,
    mapping: Mapping[str, str] | None = None,
    sender: str | None = None,
    sheets: Sequence[str] | None = None,
) -> None:
    """Make the import ready to be read once more: with headings decided by hand, or other sheets.

    What was decided of the headings of one sheet says nothing of another. Raises ``NotPossible``.
    """
    lock(import_)
    readable = {ImportStatus.REVIEWED, ImportStatus.FAILED}
    stopped = import_.status is ImportStatus.READING and has_stopped(import_)
    if import_.committed or (import_.status not in readable and not stopped):
        raise NotPossible(_("这次导入%(status)s，不能重新读取。", status=import_.status.label))
    import_.mapping = {**import_.mapping, **(mapping or {})}
    if sender is not None:
        import_.sender = headings.sender_named(sender)
    if sheets is not None and list(sheets) != import_.chosen_sheets:
        import_.chosen_sheets, import_.mapping = list(sheets), {}
    import_.status, import_.error = ImportStatus.READING, ""
    db.session.flush()


def _stored(row: ReviewedRow, *, import_id: int) -> dict[str, Any]:
    severities = {note["severity"] for note in row.findings}
    rank = Rank.REJECTED if ERROR in severities else Rank.WARNED if WARNING in severities else Rank.PLAIN
    return {
        "import_id": import_id,
        "sheet": row.sheet,
        "number": row.number,
        "outcome": row.outcome,
        "rank": rank,
        "values": row.values,
        "changes": row.changes,
        "findings": row.findings,
        "written": row.written,
    }


def _count(import_: Import, outcomes: Counter[Outcome]) -> None:
    for outcome in Outcome:
        setattr(import_, outcome.value, outcomes[outcome])


def _counts(import_: Import) -> dict[str, int]:
    return {outcome.value: getattr(import_, outcome.value) for outcome in Outcome}
