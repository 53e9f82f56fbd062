"""Whether what a request needs can be used now: database, migrations, queue, storage."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import text

from exchange.core.database import db
from exchange.core.storage import store
from exchange.jobs import queue

log = logging.getLogger("exchange.operations")


def database_answers() -> bool:
    """Whether the database takes a statement."""
    return db.session.scalar(text("SELECT 1")) == 1


def migrations_are_applied() -> bool:
    """Whether the tables are those this version of the product was written for."""
    scripts = ScriptDirectory(str(Path(current_app.root_path) / "migrations"))
    applied = MigrationContext.configure(db.session.connection()).get_current_heads()
    return set(applied) == set(scripts.get_heads())


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "queue": queue.usable,
    "storage": lambda: store().usable(),
}


def readiness(names: Iterable[str] = tuple(CHECKS)) -> dict[str, bool]:
    """What can be used. One failure does not hide another; why it failed is for the log, not for strangers."""
    return {name: _is_well(name, CHECKS[name]) for name in names}


def _is_well(name: str, check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:  # any failure of any driver means the same here
        db.session.rollback()
        log.exception("%s cannot be used", name)
        return False
