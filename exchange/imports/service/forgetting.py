"""Forgetting what a sheet said of people of whom nothing may be kept any longer."""

from collections.abc import Collection

from sqlalchemy import or_, select, update

from exchange.core.database import db
from exchange.core.storage import store
from exchange.imports.models import Import, ImportRow, Outcome


def forget_rows(kind: str, record_ids: Collection[int]) -> None:
    """Empty the rows that became these records, the rejected ones of the same sheets, and delete the stored files.

    An import that was written never reads its file again. The counts and the row numbers stay.
    """
    became = select(ImportRow.import_id).where(ImportRow.record_id.in_(record_ids))
    imports = list(db.session.scalars(select(Import).where(Import.kind == kind, Import.id.in_(became))))
    if not imports:
        return
    meant = or_(ImportRow.record_id.in_(record_ids), ImportRow.outcome == Outcome.REJECTED)
    rows = update(ImportRow).where(ImportRow.import_id.in_([each.id for each in imports]), meant)
    db.session.execute(rows.values(values={}, changes={}, findings=[], written={}, before=None))
    for import_ in imports:
        store().delete_after_commit(import_.upload)
