"""The database session, the base model, and who commits."""

import enum
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    Enum,
    MetaData,
    Numeric,
    Select,
    Table,
    event,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, registry
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.types import TypeDecorator
from werkzeug.exceptions import NotFound

SCHOOL_TIME = ZoneInfo("Asia/Shanghai")
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_SETTINGS = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=10000")
PAUSE, BETWEEN_PAUSES = 0.12, 1
LARGEST_ID = 2**31 - 1

read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""True while a GET is served: SQLite then takes no write lock."""


class UTCDateTime(TypeDecorator[datetime]):
    """A moment. SQLite forgets its zone; this type stores UTC and gives aware values back on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise TypeError("A moment without a time zone: take it from now(), or say which zone it means.")
        return value if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


Json = JSON().with_variant(JSONB(), "postgresql")


class Base(DeclarativeBase):
    """What every table shares: naming of constraints and the column types of Python types."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING_CONVENTION),
        type_annotation_map={
            datetime: UTCDateTime(),
            Decimal: Numeric(7, 2),
            dict: Json,
            dict[str, Any]: Json,
            list: Json,
            list[str]: Json,
            list[Any]: Json,
            enum.StrEnum: Enum(
                enum.StrEnum, native_enum=False, length=40, values_callable=lambda members: [m.value for m in members]
            ),
        },
    )


db = SQLAlchemy(model_class=Base)
Record = TypeVar("Record", bound="Model")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is at the school."""
    return datetime.now(SCHOOL_TIME).date()


class Model(Base):
    """Every table has a surrogate key and knows when a row was born."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(default=now, sort_order=-1)

    @declared_attr.directive
    def __tablename__(cls) -> str:  # SQLAlchemy calls it on the class
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


def get_or_404(scope: Select[Record], record_id: int) -> Record:
    """The record, if it exists within the scope; "not found" otherwise."""
    if record_id > LARGEST_ID:  # an address may hold any digits; the databases refuse them with an error
        raise NotFound
    model = scope.column_descriptions[0]["entity"]
    record = db.session.scalar(scope.where(model.id == record_id))
    if record is None:
        raise NotFound
    return record


def write_apart(function: Callable[[], object]) -> None:
    """Run the function in a short transaction of its own, after the one of the request has ended.

    Sign-in failures, counts of verifications and the last use of a link must outlive a refused request. Outside of a
    request the function runs at once and is committed.
    """
    if has_request_context():
        g.setdefault("written_apart", []).append(function)
    else:
        function()
        db.session.commit()


def _end_transaction(response: Response) -> Response:
    """One request, one transaction. Services flush; nobody else commits."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or response.status_code >= 400:
        db.session.rollback()
    else:
        response = _finish(db.session.commit, response)
    if waiting := g.pop("written_apart", []):
        response = _finish(lambda: _write_now(waiting), response)
    return response


def _write_now(waiting: list[Callable[[], object]]) -> None:
    token = read_only.set(False)
    try:
        for function in waiting:
            function()
        db.session.commit()
    finally:
        read_only.reset(token)


def _finish(write: Callable[[], None], response: Response) -> Response:
    """Write; where somebody else was faster or is not done yet, the person gets the page that says so, no success."""
    try:
        write()
    except (StaleDataError, DataError, OperationalError) as error:
        db.session.rollback()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _choose_transaction() -> None:
    read_only.set(request.method in {"GET", "HEAD", "OPTIONS"})


def _forget_transaction(_error: BaseException | None) -> None:
    read_only.set(False)


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


def columns_referring_to(model: type[Base]) -> list[ColumnElement[int]]:
    """Every column of any feature that points at this table, in the order of the tables."""
    return [
        column
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table is model.__table__ for key in column.foreign_keys)
    ]


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


def init_app(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(Path(app.root_path) / "migrations"), render_as_batch=True)
    app.before_request(_choose_transaction)
    app.after_request(_end_transaction)
    app.teardown_request(_forget_transaction)
    if app.config["BENCHMARK"]:
        with app.app_context():
            _count_queries(app)


def _count_queries(app: Flask) -> None:
    """Say in headers how many statements and how much CPU time a response took."""

    @event.listens_for(db.engine, "before_cursor_execute")
    def count(*_arguments: Any) -> None:
        if has_request_context():
            g.query_count = g.get("query_count", 0) + 1

    @app.before_request
    def start() -> None:
        g.cpu_started = time.process_time()

    @app.after_request
    def tell(response: Response) -> Response:
        response.headers["X-Query-Count"] = str(g.get("query_count", 0))
        response.headers["X-Cpu-Ms"] = f"{(time.process_time() - g.cpu_started) * 1000:.2f}"
        return response
