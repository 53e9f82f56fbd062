"""The carrier of job ids: huey over SQLite, Redis or PostgreSQL, chosen by ``EXCHANGE_QUEUE_URL``."""

import json
import logging
from collections.abc import Callable
from typing import Any, cast

from flask import Flask, current_app
from huey import RedisHuey, SqliteHuey
from huey.api import Huey, PostgresHuey
from huey.registry import Message
from huey.serializer import Serializer

log = logging.getLogger("exchange.jobs")
NAME = "exchange"


class JsonSerializer(Serializer):
    """Messages as JSON: huey's own pickles would run whatever a broker hands us."""

    def _serialize(self, data: Any) -> bytes:
        kind = "message" if isinstance(data, Message) else "value"
        return json.dumps([kind, data._asdict() if kind == "message" else data], default=str).encode()

    def _deserialize(self, data: bytes) -> Any:
        kind, content = json.loads(data)
        return Message(**{**content, "args": tuple(content["args"] or ())}) if kind == "message" else content


def _carrier(url: str) -> Huey:
    settings = {"results": False, "serializer": JsonSerializer()}
    if url.startswith("sqlite:///"):
        return SqliteHuey(NAME, filename=url.removeprefix("sqlite:///"), **settings)
    if url.startswith("redis://"):
        return RedisHuey(NAME, url=url, **settings)
    return PostgresHuey(NAME, dsn=url.replace("postgresql+psycopg://", "postgresql://", 1), **settings)


def carrier() -> Huey:
    """The queue of this installation, opened at first use."""
    if "huey" not in current_app.extensions:
        app = cast(Any, current_app)._get_current_object()
        app.extensions["huey"] = _open(app)
    return current_app.extensions["huey"]


def _open(app: Flask) -> Huey:
    huey = _carrier(app.config["QUEUE_URL"])

    @huey.task(name="carry")
    def carry(job_id: int) -> None:
        with app.app_context():
            app.extensions["job_runner"](job_id)

    huey.carry = carry
    return huey


def send(job_ids: list[int]) -> None:
    """Hand ids to the workers. A queue that does not answer loses nothing: the worker's sweep finds the rows."""
    try:
        for job_id in job_ids:
            carrier().carry(job_id)
    except Exception:
        log.warning("the queue did not take jobs %s; the sweep will", job_ids, exc_info=True)


def usable() -> bool:
    """Whether the queue answers."""
    carrier().storage.queue_size()
    return True


def init_app(app: Flask, runner: Callable[[int], None] | None = None) -> None:
    from exchange.jobs.service import run

    app.extensions["job_runner"] = runner or run
