"""The databases to measure on: the demonstration with 2,000 and with 50,000 students, on SQLite and PostgreSQL."""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from exchange.core.encryption import new_key
from tests import services

FEW, MANY = 2_000, 50_000
PASSWORD = "demo-pass-1"
KEYS = {"SECRET_KEY": secrets.token_urlsafe(48), "FIELD_KEYS": new_key()}
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Prepared:
    """A database with so many students, and what an application needs to open it."""

    kind: str
    students: int
    settings: dict[str, str]


def prepare(folder: Path) -> list[Prepared]:
    """Fill all of them; two at a time, for two cores."""
    plans = list(_plans(folder))
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(_fill, plans))
    return plans


def _plans(folder: Path) -> Iterator[Prepared]:
    for kind in ("SQLite", "PostgreSQL"):
        for students in (FEW, MANY):
            name = f"{kind.lower()}{students}"
            try:
                url = services.postgresql_url(name) if kind == "PostgreSQL" else f"sqlite:///{folder / name}.db"
            except services.ServiceUnavailable as problem:
                print(f"PostgreSQL is left out: {problem}", file=sys.stderr)
                return
            places = {"STORAGE_URL": str(folder / name), "QUEUE_URL": f"sqlite:///{folder / name}-queue.db"}
            yield Prepared(kind, students, {"DATABASE_URL": url, "DEMO": "1", **places, **KEYS})


def _fill(plan: Prepared) -> None:
    started = time.perf_counter()
    environment = os.environ | {f"EXCHANGE_{name}": value for name, value in plan.settings.items()}
    load = ["demo", "load", "--students", str(plan.students), "--password", PASSWORD]
    for words in (["db", "upgrade"], load):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"{' '.join(words)} on {plan.kind}: {done.stderr}")
    print(f"{plan.students:,} students on {plan.kind} in {time.perf_counter() - started:.0f} s", file=sys.stderr)
