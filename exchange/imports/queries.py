"""Reading imports and their rows, in portions."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Select, select, tuple_
from sqlalchemy.orm import defer, joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.imports.models import WRITABLE, Import, ImportRow, ImportStatus, Outcome, Rank

PORTION = 500
PLACE = (ImportRow.sheet, ImportRow.number)


class RowPlace(NamedTuple):
    """Where a row stands, and what a commit would do with it."""

    id: int
    sheet: int
    number: int
    outcome: Outcome


def find_import(import_id: int) -> Import:
    """The import with this number. Raises ``UsageProblem``."""
    found = db.session.get(Import, import_id)
    if found is None:
        raise UsageProblem(_("没有编号为 %(id)s 的导入。", id=import_id))
    return found


def newest_first(imports: Select[Import]) -> Select[Import]:
    """For the list: with the person who made each."""
    return imports.options(joinedload(Import.actor)).order_by(Import.id.desc())


def rows_to_show(import_: Import, show: str) -> Select[ImportRow]:
    """Exceptions first; ``show`` is an outcome, ``warned``, or anything else for all."""
    rows = rows_of(import_).order_by(ImportRow.rank, ImportRow.sheet, ImportRow.number)
    if show == "warned":
        return rows.where(ImportRow.rank == Rank.WARNED)
    if show in set(Outcome):
        return rows.where(ImportRow.outcome == Outcome(show))
    return rows


def portions(rows: Select[ImportRow], *, last_first: bool = False) -> Iterator[list[ImportRow]]:
    """All rows of the select as they stand, a few hundred at a time, so that a long sheet never lies in memory.

    ``last_first`` goes through them from the end.
    """
    order = [column.desc() for column in PLACE] if last_first else PLACE
    rows, following = rows.order_by(None).order_by(*order), rows.order_by(None).order_by(*order)
    while portion := list(db.session.scalars(following.limit(PORTION))):
        last = portion[-1].sheet, portion[-1].number
        yield portion
        db.session.flush()
        for row in portion:
            if row in db.session:
                db.session.expunge(row)
        following = rows.where(tuple_(*PLACE) < last if last_first else tuple_(*PLACE) > last)


def all_notes(import_: Import) -> Iterator[tuple[int, int, list[dict[str, Any]]]]:
    """Sheet and number of every row and what was found in it, in order; nothing else of the rows is opened."""
    notes = select(*PLACE, ImportRow.findings).where(ImportRow.import_id == import_.id)
    found = db.session.execute(notes.order_by(*PLACE).execution_options(yield_per=PORTION))
    yield from found


def rows_of(import_: Import) -> Select[ImportRow]:
    """Every row of the import."""
    return select(ImportRow).where(ImportRow.import_id == import_.id)


def rows_to_write(import_: Import) -> Select[ImportRow]:
    """The rows of which something is to be written and nothing has been; what was found in them stays sealed."""
    waiting = rows_of(import_).where(ImportRow.outcome.in_(WRITABLE), ImportRow.record_id.is_(None))
    return waiting.options(defer(ImportRow.findings), defer(ImportRow.written))


def written_rows(import_: Import) -> Select[ImportRow]:
    """The rows of which a commit has written something."""
    return rows_of(import_).where(ImportRow.record_id.is_not(None))


def portions_to_undo(import_: Import) -> Iterator[list[ImportRow]]:
    """The written rows: those that have changed a record, the last first, and then those that have made one.

    What only a page shows of them is left out; it is sealed, and opening it takes its time.
    """
    rows = _without_words(written_rows(import_))
    for outcome in (Outcome.CHANGED, Outcome.NEW):
        yield from portions(rows.where(ImportRow.outcome == outcome), last_first=True)


def _without_words(rows: Select[ImportRow]) -> Select[ImportRow]:
    return rows.options(defer(ImportRow.findings, raiseload=True), defer(ImportRow.written, raiseload=True))


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """Reviewed imports of this person with something to write that is not written yet: title, detail and address."""
    if not user.may(Permission.IMPORT_USE):
        return []
    reviewed = (
        select(Import)
        .where(Import.status == ImportStatus.REVIEWED, Import.actor_id == user.id, Import.new + Import.changed > 0)
        .order_by(Import.id.desc())
        .limit(5)
    )
    return [
        (
            _("决定是否写入“%(file)s”", file=each.filename),
            _("%(new)s 人新增，%(rejected)s 行有错", new=each.new, rejected=each.rejected),
            url_for("imports.show", import_id=each.id),
        )
        for each in db.session.scalars(reviewed)
    ]


def places_of(import_: Import, numbers: Collection[int]) -> list[RowPlace]:
    """The rows with these numbers, on whatever sheet."""
    return [row for row in _places(import_) if row.number in numbers]


def chosen_places(import_: Import, ids: Collection[int]) -> list[RowPlace]:
    """The rows with these ids; a row of another import is none."""
    return [row for row in _places(import_) if row.id in ids]


def _places(import_: Import) -> Iterator[RowPlace]:
    rows = select(ImportRow.id, *PLACE, ImportRow.outcome).where(ImportRow.import_id == import_.id)
    yield from (RowPlace(*row) for row in db.session.execute(rows.order_by(*PLACE)))
