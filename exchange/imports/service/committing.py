"""Writing: all rows or those chosen, each checked against the present records."""

from collections.abc import Collection, Sequence

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, now
from exchange.core.i18n import _
from exchange.core.spreadsheets import Column, write
from exchange.imports import queries
from exchange.imports.concealment import cells_of, hidden_headings, words_of
from exchange.imports.events import ImportEvent
from exchange.imports.importer import ERROR, REASON_HEADING, ROW_HEADING, SHEET_HEADING, Importer, Progress
from exchange.imports.models import Import, ImportRow, ImportStatus, Outcome, Rank
from exchange.imports.service.kinds import importer_of
from exchange.imports.service.steps import claim


def begin_commit(import_: Import) -> None:
    """Claim the import for writing, so that of two people only one wins. Raises ``NotPossible``."""
    claim(import_, ImportStatus.REVIEWED, ImportStatus.COMMITTING)


def commit(
    import_: Import,
    *,
    ids: Collection[int] | None = None,
    without: Collection[int] = (),
    by: User | None,
    progress: Progress | None = None,
) -> None:
    """Write the new and changed rows of an import that ``begin_commit`` has claimed.

    ``ids`` are those of the rows that were chosen, where not all are; ``without`` those of rows that are left out.

    Each row is checked against the present records; one that somebody else has overtaken is rejected with the reason.
    Rows that were written before an interruption are not written again.
    """
    importer = importer_of(import_.kind)
    wanted, unwanted = None if ids is None else set(ids), set(without)
    total, done = import_.new + import_.changed, 0
    for portion in queries.portions(queries.rows_to_write(import_)):
        rows = [row for row in portion if row.id not in unwanted and (wanted is None or row.id in wanted)]
        _write(import_, importer, rows, by=by)
        done += len(portion)
        if progress:
            progress(done, total)
    import_.status, import_.committed_at = ImportStatus.COMMITTED, now()
    import_.error = ""
    record(ImportEvent.COMMITTED, import_, by=by, written=import_.committed)


def rejected_workbook(import_: Import, *, by: User | None) -> bytes:
    """The rejected rows under the sheet's own headings, row number and reasons behind; the download is recorded.

    What this person may not read stays empty.
    """
    importer = importer_of(import_.kind)
    hidden = hidden_headings(import_, importer, by)
    rejected = queries.rows_of(import_).where(ImportRow.outcome == Outcome.REJECTED)
    rows = [row for portion in queries.portions(rejected) for row in portion]
    columns = list(dict.fromkeys(heading for row in rows for heading in row.written))
    record(ImportEvent.REJECTED_DOWNLOADED, import_, by=by, rows=len(rows))
    cells = [
        [
            *(cells_of(row.written, hidden).get(heading, "") for heading in columns),
            *([import_.sheets[row.sheet]] if import_.has_several_sheets else []),
            str(row.number),
            _reasons(row, importer, hidden),
        ]
        for row in rows
    ]
    ours = [Column(ROW_HEADING), Column(REASON_HEADING, width=60)]
    if import_.has_several_sheets:
        ours.insert(0, Column(SHEET_HEADING))
    return write(cells, columns=[*(Column(heading) for heading in columns), *ours])


def _reasons(row: ImportRow, importer: Importer, hidden: Collection[str]) -> str:
    notes = [note for note in row.findings if note["severity"] == ERROR]
    return " ".join(f"{note['column']}{_('：')}{words_of(note, importer, hidden)}" for note in notes)


def _write(import_: Import, importer: Importer, rows: Sequence[ImportRow], *, by: User | None) -> None:
    for row, written in zip(rows, importer.commit(rows, import_id=import_.id, by=by), strict=True):
        row.record_id = written.record_id
        row.before = written.before
        if written.values is not None:
            row.values = written.values
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
