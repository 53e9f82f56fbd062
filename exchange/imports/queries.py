"""Reading imports and their rows, in portions."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import defer, joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.imports.models import Import, ImportRow, ImportStatus, Outcome, Rank

PORTION = 500
WRITABLE = {Outcome.NEW, Outcome.CHANGED}


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
    rows = select(ImportRow).where(ImportRow.import_id == import_.id).order_by(ImportRow.rank, ImportRow.number)
    if show == "warned":
        return rows.where(ImportRow.rank == Rank.WARNED)
    if show in set(Outcome):
        return rows.where(ImportRow.outcome == Outcome(show))
    return rows


def portions(rows: Select[ImportRow]) -> Iterator[list[ImportRow]]:
    """All rows of the select by number, a few hundred at a time, so that a long sheet never lies in memory."""
    last = -1
    while True:
        following = rows.where(ImportRow.number > last).order_by(None).order_by(ImportRow.number).limit(PORTION)
        portion = list(db.session.scalars(following))
        if not portion:
            return
        last = portion[-1].number
        yield portion
        db.session.flush()
        for row in portion:
            if row in db.session:
                db.session.expunge(row)


def all_notes(import_: Import) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """The number of every row and what was found in it, in order; nothing else of the rows is opened."""
    notes = select(ImportRow.number, ImportRow.findings).where(ImportRow.import_id == import_.id)
    found = db.session.execute(notes.order_by(ImportRow.number).execution_options(yield_per=PORTION))
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


def without_words(rows: Select[ImportRow]) -> Select[ImportRow]:
    """The same rows without what only a page shows of them; it is sealed, and opening it takes its time."""
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


def numbers_of(import_: Import, ids: Sequence[int]) -> list[int]:
    """The sheet's row numbers of these rows; a row of another import is none."""
    numbers = select(ImportRow.number).where(ImportRow.import_id == import_.id, ImportRow.id.in_(ids))
    return list(db.session.scalars(numbers.order_by(ImportRow.number)))
