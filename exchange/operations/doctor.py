"""What is missing on this machine, and the exact command that mends it."""

import os
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from exchange.config import require_keys
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.icons import SPRITE
from exchange.operations import health, machine

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 35)
MAKE_KEY = "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"


@dataclass(frozen=True)
class Complaint:
    """One thing that is wrong: what, in a sentence, and the command that mends it."""

    name: str
    message: str
    command: str


def examine() -> list[Complaint]:
    """Everything that is wrong here. Nothing is changed, whatever the state of the installation."""
    return [*_missing_packages(), *(complaint for check in CHECKS if (complaint := check()))]


def _missing_packages() -> list[Complaint]:
    return [
        Complaint(
            need.package,
            str(_("缺少系统软件包 %(package)s。", package=need.package)),
            machine.install_command([need]),
        )
        for need in machine.missing(machine.LIBRARIES + machine.FONTS)
    ]


def _python() -> Complaint | None:
    if sys.version_info >= OLDEST_PYTHON:
        return None
    return Complaint("python", str(_("Python 太旧，至少要 3.11。")), "sudo apt-get install -y python3")


def _sqlite() -> Complaint | None:
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return None
    return Complaint("sqlite", str(_("SQLite 太旧，至少要 3.35。")), "sudo apt-get install -y libsqlite3-0")


def _instance() -> Complaint | None:
    folder = Path(current_app.instance_path)
    nearest = next(path for path in (folder, *folder.parents) if path.exists())
    if os.access(nearest, os.W_OK | os.X_OK):
        return None
    command = f'sudo chown -R "$(id -u)" {nearest}'
    return Complaint("instance", str(_("文件夹 %(folder)s 不能写入。", folder=nearest)), command)


def _keys() -> Complaint | None:
    try:
        require_keys(current_app)
    except UsageProblem as problem:
        return Complaint("keys", str(problem), MAKE_KEY)
    return None


def _icons() -> Complaint | None:
    if SPRITE.is_file():
        return None
    return Complaint("front-end", str(_("前端文件还没有安装。")), "make run")


def _database() -> Complaint | None:
    url = db.engine.url
    is_new = url.get_backend_name() == "sqlite" and url.database and not Path(url.database).exists()
    state = {"database": True, "migrations": False} if is_new else health.readiness(["database", "migrations"])
    if not state["database"]:
        server = f"pg_isready -h {url.host or 'localhost'} -p {url.port or 5432}"
        command = f"ls -l {url.database}" if url.get_backend_name() == "sqlite" else server
        return Complaint("database", str(_("数据库不能使用；EXCHANGE_DATABASE_URL 写对了吗？")), command)
    if not state["migrations"]:
        return Complaint("migrations", str(_("数据库的结构还不是这个版本的。")), "flask db upgrade")
    return None


CHECKS: tuple[Callable[[], Complaint | None], ...] = (_python, _sqlite, _instance, _keys, _icons, _database)
