"""Thousands of rows in one go, past the unit of work."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from exchange.core.database.records import Base, Model, db
from exchange.core.database.transactions import is_sqlite


def insert_all(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> list[int]:
    """Insert thousands of rows in one go, past the unit of work; gives their ids in order.

    The ids are taken beforehand: asked for afterwards, SQLite tells them for one row at a time only.
    """
    given = [*rows]
    if not given:
        return []
    ids = _next_ids(model.__tablename__, len(given))
    append_all(model, ({"id": each, **row} for each, row in zip(ids, given, strict=True)))
    return ids


def append_all(model: type[Base], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert thousands of rows in one go, whose ids nobody asks for."""
    if given := [*rows]:
        db.session.execute(insert(cast(Table, model.__table__)), given)


def _next_ids(table: str, count: int) -> list[int]:
    if is_sqlite():  # who writes has locked the database
        last = db.session.scalar(text(f'SELECT max(id) FROM "{table}"')) or 0
        return [*range(last + 1, last + count + 1)]
    sequence = func.nextval(func.pg_get_serial_sequence(table, "id"))
    return list(db.session.scalars(select(sequence).select_from(func.generate_series(1, count))))
