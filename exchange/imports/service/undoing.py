"""Undo: everything that was written is taken back, or nothing."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from exchange.accounts.models import User
from exchange.audit import queries as trail
from exchange.audit.service import record
from exchange.core.database import now, unlocked
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.imports import queries
from exchange.imports.events import ImportEvent
from exchange.imports.importer import Importer, Progress
from exchange.imports.models import Import, ImportRow, ImportStatus
from exchange.imports.places import place_of
from exchange.imports.service.kinds import importer_of
from exchange.imports.service.steps import claim

SHOWN_OBSTACLES = 5


def begin_undo(import_: Import, *, reason: str) -> None:
    """Claim the import for undoing. Raises ``NotPossible``."""
    if not reason.strip():
        raise NotPossible(_("写下撤销的理由。"))
    claim(import_, ImportStatus.COMMITTED, ImportStatus.UNDOING)


def undo(import_: Import, *, reason: str, by: User | None, progress: Progress | None = None) -> None:
    """Take back everything that was written, or nothing. Raises ``NotPossible``, naming what depends on it.

    Looking takes most of the time and keeps nobody from writing, so the claim is committed first; what is then taken
    back is one transaction. ``progress`` is told only when nothing can stand in the way any more.
    """
    importer = importer_of(import_.kind)
    with unlocked():
        seen = trail.newest_line()
        found = importer.obstacles(queries.portions_to_undo(import_))
        obstacles = [f"{place_of(import_, row)}{_('：')}{sentence}" for row, sentence in found]
    if obstacles:
        raise NotPossible(_obstacles_named(obstacles[::-1]))
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
        for portion in queries.portions_to_undo(import_):
            importer.undo(portion, import_id=import_.id, by=by)
    except IntegrityError:
        raise overtaken from None


def _obstacles_named(obstacles: Sequence[str]) -> str:
    named = " ".join(obstacles[:SHOWN_OBSTACLES])
    if more := len(obstacles) - SHOWN_OBSTACLES if len(obstacles) > SHOWN_OBSTACLES else 0:
        return str(_("不能撤销：%(obstacles)s 另外还有 %(more)s 行也不能撤销。", obstacles=named, more=more))
    return str(_("不能撤销：%(obstacles)s", obstacles=named))
