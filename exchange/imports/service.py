"""Upload → review → commit → undo. Functions change, flush and record; the request, job or command commits."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from exchange.accounts.models import User
from exchange.audit import queries as trail
from exchange.audit.service import record
from exchange.core.database import append_all, db, lock, now, unlocked
from exchange.core.errors import NotPossible, UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import Column, Sheet, check_filename, read, write
from exchange.core.storage import store
from exchange.imports import headings, queries
from exchange.imports.events import ImportEvent
from exchange.imports.importer import ERROR, REASON_HEADING, ROW_HEADING, WARNING, Importer, Progress, ReviewedRow
from exchange.imports.models import Import, ImportRow, ImportStatus, Outcome, Rank
from exchange.jobs.models import JobState
from exchange.jobs.service import enqueue

IMPORTERS: dict[str, Importer] = {}
LONGEST_NAME, LONGEST_SHEET = 255, 100
SHOWN_OBSTACLES = 5


def register(kind: str, importer: Importer) -> None:
    """Let spreadsheets of this kind be imported."""
    IMPORTERS[kind] = importer


def importer_of(kind: str) -> Importer:
    """Whoever reads this kind of sheet. Raises ``UsageProblem``."""
    if kind not in IMPORTERS:
        raise UsageProblem(_("没有“%(kind)s”这种导入。可用的：%(kinds)s。", kind=kind, kinds="、".join(IMPORTERS)))
    return IMPORTERS[kind]


def upload(
    content: bytes,
    *,
    filename: str,
    kind: str,
    target: str,
    sender: str = "",
    mapping: Mapping[str, str] | None = None,
    by: User | None,
) -> Import:
    """Keep the file, encrypted. Raises ``UsageProblem`` for an unknown kind or class and for a file of a wrong type."""
    importer = importer_of(kind)
    importer.check_target(target)
    check_filename(filename)
    import_ = Import(
        kind=kind,
        target=target,
        sender=headings.sender_named(sender),
        filename=filename[-LONGEST_NAME:],
        mapping=dict(mapping or {}),
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
    import_.sheet, import_.columns = reading.sheet[:LONGEST_SHEET], dict(reading.columns)
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


def check_rows(import_: Import, numbers: Collection[int]) -> None:
    """Raises ``UsageProblem`` for a row that the import does not have, or that cannot be written."""
    if not numbers:
        raise UsageProblem(_("没有选择要写入的行。"))
    found: dict[int, Outcome] = {}
    for portion in queries.portions(queries.rows_of(import_)):
        found |= {row.number: row.outcome for row in portion if row.number in numbers}
    if missing := sorted(set(numbers) - set(found)):
        raise UsageProblem(_("这次导入没有第 %(rows)s 行。", rows=_listed(missing)))
    if rejected := sorted(number for number, outcome in found.items() if outcome is Outcome.REJECTED):
        raise UsageProblem(_("第 %(rows)s 行有错误，不能写入。改正后重新导入。", rows=_listed(rejected)))


def begin_commit(import_: Import) -> None:
    """Claim the import for writing, so that of two people only one wins. Raises ``NotPossible``."""
    _claim(import_, ImportStatus.REVIEWED, ImportStatus.COMMITTING)


def commit(
    import_: Import, *, numbers: Collection[int] | None = None, by: User | None, progress: Progress | None = None
) -> None:
    """Write the new and changed rows, or those chosen of them, of an import that ``begin_commit`` has claimed.

    Each row is checked against the present records; one that somebody else has overtaken is rejected with the reason.
    Rows that were written before an interruption are not written again.
    """
    importer = importer_of(import_.kind)
    wanted = None if numbers is None else set(numbers)
    total, done = import_.new + import_.changed, 0
    for portion in queries.portions(queries.rows_to_write(import_)):
        rows = [row for row in portion if wanted is None or row.number in wanted]
        _write(import_, importer, rows, by=by)
        done += len(portion)
        if progress:
            progress(done, total)
    import_.status, import_.committed_at = ImportStatus.COMMITTED, now()
    import_.error = ""
    record(ImportEvent.COMMITTED, import_, by=by, written=import_.committed)


def begin_undo(import_: Import, *, reason: str) -> None:
    """Claim the import for undoing. Raises ``NotPossible``."""
    if not reason.strip():
        raise NotPossible(_("写下撤销的理由。"))
    _claim(import_, ImportStatus.COMMITTED, ImportStatus.UNDOING)


def undo(import_: Import, *, reason: str, by: User | None, progress: Progress | None = None) -> None:
    """Take back everything that was written, or nothing. Raises ``NotPossible``, naming what depends on it.

    Looking takes most of the time and keeps nobody from writing, so the claim is committed first; what is then taken
    back is one transaction. ``progress`` is told only when nothing can stand in the way any more.
    """
    importer = importer_of(import_.kind)
    with unlocked():
        seen = trail.newest_line()
        written = queries.without_words(queries.written_rows(import_))
        obstacles = [each for portion in queries.portions(written) for each in importer.obstacles(portion)]
    if obstacles:
        raise NotPossible(_obstacles_named(obstacles))
    _take_back(import_, importer, seen=seen, by=by)
    import_.status, import_.undone_at, import_.error = ImportStatus.UNDONE, now(), ""
    record(ImportEvent.UNDONE, import_, by=by, reason=reason, taken_back=import_.committed)
    if progress:
        progress(import_.committed, import_.committed)


def _take_back(import_: Import, importer: Importer, *, seen: int, by: User | None) -> None:
    """Raises ``NotPossible`` where somebody has used one of the records since the line ``seen`` of the trail."""
    written = queries.written_rows(import_)
    overtaken = NotPossible(_("刚才有人动过这些记录，什么也没有撤销。再试一次。"))
    if trail.was_touched(importer.model, written.with_only_columns(ImportRow.record_id), since=seen):
        raise overtaken
    try:
        for portion in queries.portions(queries.without_words(written)):
            importer.undo(portion, import_id=import_.id, by=by)
    except IntegrityError:
        raise overtaken from None


def _obstacles_named(obstacles: Sequence[str]) -> str:
    named = " ".join(obstacles[:SHOWN_OBSTACLES])
    if more := len(obstacles) - SHOWN_OBSTACLES if len(obstacles) > SHOWN_OBSTACLES else 0:
        return str(_("不能撤销：%(obstacles)s 另外还有 %(more)s 行也不能撤销。", obstacles=named, more=more))
    return str(_("不能撤销：%(obstacles)s", obstacles=named))


def review_again(import_: Import, *, mapping: Mapping[str, str] | None = None, sender: str | None = None) -> None:
    """Make the import ready to be read once more, with headings mapped by hand. Raises ``NotPossible``."""
    lock(import_)
    readable = {ImportStatus.REVIEWED, ImportStatus.FAILED}
    stopped = import_.status is ImportStatus.READING and has_stopped(import_)
    if import_.committed or (import_.status not in readable and not stopped):
        raise NotPossible(_("这次导入%(status)s，不能重新读取。", status=import_.status.label))
    import_.mapping = {**import_.mapping, **(mapping or {})}
    if sender is not None:
        import_.sender = headings.sender_named(sender)
    import_.status, import_.error = ImportStatus.READING, ""
    db.session.flush()


def start(import_: Import, task: str, *, by: User | None, **arguments: Any) -> None:
    """Let a job do the step that has been claimed."""
    job = enqueue(f"imports.{task}", by=by, import_id=import_.id, **arguments)
    import_.job_id = job.id
    db.session.flush()


def note_failure(import_: Import, sentence: str, status: ImportStatus) -> None:
    """After a refused step: where the import stands again, and why."""
    import_.status, import_.error = status, sentence


def has_stopped(import_: Import) -> bool:
    """Whether the job at work on the import ended without finishing it."""
    return import_.is_busy and (import_.job is None or import_.job.state in {JobState.FAILED, JobState.DONE})


def rejected_workbook(import_: Import, *, by: User | None) -> bytes:
    """The rejected rows under the sheet's own headings, row number and reasons behind; the download is recorded."""
    importer = importer_of(import_.kind)
    rejected = queries.rows_of(import_).where(ImportRow.outcome == Outcome.REJECTED)
    rows = [row for portion in queries.portions(rejected) for row in portion]
    columns = list(dict.fromkeys(heading for row in rows for heading in row.written))
    record(ImportEvent.REJECTED_DOWNLOADED, import_, by=by, rows=len(rows))
    cells = [
        [*(row.written.get(heading, "") for heading in columns), str(row.number), _reasons(row, importer)]
        for row in rows
    ]
    ours = [Column(ROW_HEADING), Column(REASON_HEADING, width=60)]
    return write(cells, columns=[*(Column(heading) for heading in columns), *ours])


def _write(import_: Import, importer: Importer, rows: Sequence[ImportRow], *, by: User | None) -> None:
    for row, written in zip(rows, importer.commit(rows, import_id=import_.id, by=by), strict=True):
        row.record_id = written.record_id
        if written.record_id is not None:
            import_.committed += 1
            continue
        before, row.outcome = row.outcome, Outcome.REJECTED if written.refusal else Outcome.UNCHANGED
        _move(import_, before, row.outcome)
        if written.refusal:
            row.findings, row.rank = [written.refusal, *row.findings], Rank.REJECTED
            row.written = row.written or {str(_("姓名")): importer.title(row.values)[0]}
    db.session.flush()


def _move(import_: Import, before: Outcome, after: Outcome) -> None:
    setattr(import_, before.value, getattr(import_, before.value) - 1)
    setattr(import_, after.value, getattr(import_, after.value) + 1)


def _claim(import_: Import, expected: ImportStatus, then: ImportStatus) -> None:
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


def _stored(row: ReviewedRow, *, import_id: int) -> dict[str, Any]:
    severities = {note["severity"] for note in row.findings}
    rank = Rank.REJECTED if ERROR in severities else Rank.WARNED if WARNING in severities else Rank.PLAIN
    return {
        "import_id": import_id,
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


def _reasons(row: ImportRow, importer: Importer) -> str:
    notes = [note for note in row.findings if note["severity"] == ERROR]
    return " ".join(f"{note['column']}{_('：')}{importer.speak(note['sentence'], note['params'])}" for note in notes)


def _listed(numbers: Sequence[int]) -> str:
    return listed(numbers[:10]) + ("…" if len(numbers) > 10 else "")
