"""How a transaction begins, what it locks, and how long work lets others in between."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import event, select, text
from sqlalchemy.engine import Connection, Engine

from exchange.core.database.records import Model, db

SQLITE_SETTINGS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000")
PAUSE, BETWEEN_PAUSES = 0.12, 1

read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""True while a GET is served: SQLite then takes no write lock."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if type(connection).__module__.startswith("sqlite3"):
        connection.isolation_level = None  # we begin ourselves: the driver's own way loses updates
        for setting in SQLITE_SETTINGS:
            connection.execute(f"PRAGMA {setting}")


@event.listens_for(Engine, "begin")
def _begin_on_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN" if read_only.get() else "BEGIN IMMEDIATE")


def is_sqlite() -> bool:
    """Whether this installation keeps its records in SQLite."""
    return bool(db.engine.dialect.name == "sqlite")


@contextmanager
def unlocked() -> Iterator[None]:
    """Read for seconds without keeping other writers out of SQLite; commits before, and writes nothing meanwhile."""
    if read_only.get():
        yield
        return
    db.session.commit()
    reading = read_only.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        read_only.reset(reading)


def give_way() -> None:
    """Commit a portion of long work and let others write.

    Who waits for SQLite looks every tenth of a second whether it is free; without a pause the next portion would always
    be faster. A pause a second is enough for them, and a long import has two hundred portions.
    """
    db.session.commit()
    if is_sqlite() and time.monotonic() > db.session.info.get("gave_way_at", 0) + BETWEEN_PAUSES:
        time.sleep(PAUSE)
        db.session.info["gave_way_at"] = time.monotonic()


@contextmanager
def planned_anew() -> Iterator[None]:
    """Let PostgreSQL plan the statements within for the tables as they are now.

    It keeps the plans of statements that come again; one that it made for an empty table walks through a full one.
    """
    if is_sqlite():
        yield
        return
    db.session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    yield
    db.session.execute(text("SET LOCAL plan_cache_mode = auto"))


def lock(record: Model) -> None:
    """Take the row for this transaction, so that two people cannot both win; SQLite has locked the database already."""
    db.session.refresh(record, with_for_update={"of": type(record)})


def lock_all(model: type[Model], ids: Iterable[int]) -> None:
    """Take rows of one table in one order, so that two transactions never wait for each other."""
    rows = select(model.id).where(model.id.in_(sorted(ids))).order_by(model.id)
    db.session.execute(rows.with_for_update())
