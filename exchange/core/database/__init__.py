"""The database session, the base model, and who commits."""

from pathlib import Path

from flask import Flask
from flask_migrate import Migrate

from exchange.core.database import requests
from exchange.core.database.bulk import append_all, insert_all
from exchange.core.database.columns import UTCDateTime
from exchange.core.database.counting import count_queries
from exchange.core.database.moments import SCHOOL_TIME, now, today
from exchange.core.database.records import LARGEST_ID, Base, Model, db, get_or_404
from exchange.core.database.requests import write_apart
from exchange.core.database.transactions import give_way, is_sqlite, lock, lock_all, planned_anew, read_only, unlocked

__all__ = [
    "LARGEST_ID",
    "SCHOOL_TIME",
    "Base",
    "Model",
    "UTCDateTime",
    "append_all",
    "db",
    "get_or_404",
    "give_way",
    "init_app",
    "insert_all",
    "is_sqlite",
    "lock",
    "lock_all",
    "now",
    "planned_anew",
    "read_only",
    "today",
    "unlocked",
    "write_apart",
]


def init_app(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(Path(app.root_path) / "migrations"), render_as_batch=True)
    requests.init_app(app)
    if app.config["BENCHMARK"]:
        with app.app_context():
            count_queries(app)
