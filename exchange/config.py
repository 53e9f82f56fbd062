"""Defaults and the environment: ``instance/config.py`` stands above the defaults, ``EXCHANGE_…`` above both."""

import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from exchange.core import encryption
from exchange.core.errors import UsageProblem

PREFIX = "EXCHANGE_"
LARGEST_NUMBER = 2**31 - 1
DEFAULTS: dict[str, str | int] = {
    "BENCHMARK": "",
    "BIND": "127.0.0.1:8000",
    "DATABASE_URL": "",
    "DEMO": "",
    "FIELD_KEYS": "",
    "MAIL_URL": "",
    "MAX_CONTENT_LENGTH": 32 * 1024 * 1024,  # the largest upload; Flask's own default is none at all
    "PUBLIC_URL": "",
    "QUEUE_URL": "",
    "SCHOOL_ADDRESS": "浙江省湖州市德清县",
    "SCHOOL_CODE": "DQZJ",
    "SCHOOL_NAME": "德清县职业中等专业学校",
    "SCHOOL_NAME_EN": "Deqing Vocational Secondary School",
    "SCHOOL_OFFICE": "教务处",
    "SCHOOL_PHONE": "",
    "SCHOOL_PROVINCE": "330000",
    "SECRET_KEY": "",
    "SIGNING_KEY": "",
    "STORAGE_URL": "",
    "TRUSTED_HOSTS": "",
}
MEANT = {
    "BIND": (r"(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:.]+\])?:[0-9]{1,5}", " 127.0.0.1:8000 这样"),
    "DATABASE_URL": (r"|sqlite:///.+|postgresql(?:\+psycopg)?://.+", " sqlite:/// 或 postgresql:// 地址"),
    "MAIL_URL": (r"|smtps?://[^\s/]+\S*", " smtp:// 或 smtps:// 地址"),
    "PUBLIC_URL": (r"|https?://[^\s/]+\S*", " https:// 地址"),
    "QUEUE_URL": (
        r"|sqlite:///.+|redis://.+|postgresql(?:\+psycopg)?://.+",
        " sqlite:///、redis:// 或 postgresql:// 地址",
    ),
    "SCHOOL_CODE": (r"[A-Z0-9]{4,6}", " 4 到 6 个大写字母或数字"),
    "SCHOOL_PROVINCE": (r"[0-9]{6}", "六位行政区划代码"),
    "STORAGE_URL": (r"(?!.*://)[^\0]*", "文件夹（这一版只把文件存在本机）"),
}
"""What a setting can look like, and how that is said."""
DEMO_KEYS: dict[str, Callable[[], str]] = {
    "SECRET_KEY": lambda: secrets.token_urlsafe(48),
    "FIELD_KEYS": encryption.new_key,
}
DEMO_PHONE = "0572-0000000"
EVERY_ADDRESS = frozenset({"", "0.0.0.0", "::"})


def configure(app: Flask, overrides: dict[str, object]) -> None:
    """Fill ``app.config``; raises ``UsageProblem`` where a value is missing or makes no sense."""
    app.config.from_mapping(DEFAULTS)
    app.config.from_pyfile("config.py", silent=True)
    app.config.from_mapping({name: os.environ[PREFIX + name] for name in DEFAULTS if PREFIX + name in os.environ})
    app.config.from_mapping(overrides)
    app.config["DEMO"] = str(app.config["DEMO"]) == "1"
    app.config["BENCHMARK"] = str(app.config["BENCHMARK"]) == "1"
    _require_meaning(app)
    _set_keys(app)
    _lend_phone(app)
    _set_places(app)
    _set_web(app)


def _require_meaning(app: Flask) -> None:
    """What cannot be meant is said when the program starts, not at the first person's cost. Raises ``UsageProblem``."""
    for name, (pattern, wanted) in MEANT.items():
        written = str(app.config[name])
        if not re.fullmatch(pattern, written) or ("://" in written and not _has_port_of_digits(written)):
            shown = re.sub(r"(?<=://).*", "…", written, flags=re.DOTALL)  # an address may hold a password
            raise UsageProblem(f"{PREFIX}{name} 要写成{wanted}，现在是“{shown[:60]}”。")


def _has_port_of_digits(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018 - raises
        make_url(url)
    except (ArgumentError, ValueError):
        return False
    return True


def _set_keys(app: Flask) -> None:
    """Configured keys; else those of the demonstration, which are made only for it but open what it has written."""
    app.config["DEMO_KEYS"] = False
    for name, make in DEMO_KEYS.items():
        if not app.config[name] and (app.config["DEMO"] or _kept_at(app, name).exists()):
            app.config[name] = _kept(app, name, make)
            app.config["DEMO_KEYS"] = True


def enter_demonstration(app: Flask) -> None:
    """Make the demonstration's keys for an installation that has none."""
    if not all(app.config[name] for name in DEMO_KEYS):
        app.config["DEMO"] = True
        _set_keys(app)
        _lend_phone(app)
        encryption.init_app(app)


def _lend_phone(app: Flask) -> None:
    """The invented school of the demonstration has an invented number, so that every place that prints one shows it."""
    if app.config["DEMO"] and not app.config["SCHOOL_PHONE"]:
        app.config["SCHOOL_PHONE"] = DEMO_PHONE


def require_keys(app: Flask) -> None:
    """Outside of the demonstration, web and worker start only with keys of their own. Raises ``UsageProblem``."""
    for name in DEMO_KEYS:
        if not app.config[name] or (app.config["DEMO_KEYS"] and not app.config["DEMO"]):
            raise UsageProblem(
                f"没有设置 {PREFIX}{name}。运行 flask operations new-key 生成一个，写入环境变量或 instance/config.py；"
                f"演示时设 {PREFIX}DEMO=1。"
            )


def _kept(app: Flask, name: str, make: Callable[[], str]) -> str:
    """A key of the demonstration, made once and kept in ``instance/``."""
    path = _kept_at(app, name)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="ascii", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(make())
    return path.read_text(encoding="ascii").strip()


def _kept_at(app: Flask, name: str) -> Path:
    return Path(app.instance_path) / name.lower().replace("_", "-")


def _set_places(app: Flask) -> None:
    instance = Path(app.instance_path)
    url = str(app.config["DATABASE_URL"]) or f"sqlite:///{instance / 'exchange.db'}"
    app.config["SQLALCHEMY_DATABASE_URI"] = url.replace("postgresql://", "postgresql+psycopg://", 1)
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"hide_parameters": True}  # a failure is logged whole, people are not
    app.config["QUEUE_URL"] = app.config["QUEUE_URL"] or f"sqlite:///{instance / 'queue.db'}"
    app.config["STORAGE_URL"] = app.config["STORAGE_URL"] or str(instance / "files")
    if url.startswith("sqlite"):
        instance.mkdir(parents=True, exist_ok=True)


def _set_web(app: Flask) -> None:
    app.config["PUBLIC_URL"] = str(app.config["PUBLIC_URL"]) or _address_of(str(app.config["BIND"]))
    app.config["MAX_CONTENT_LENGTH"] = _whole_number(app, "MAX_CONTENT_LENGTH")
    app.config["TRUSTED_HOSTS"] = [host for host in str(app.config["TRUSTED_HOSTS"]).split(",") if host] or None
    app.config.update(
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=str(app.config["PUBLIC_URL"]).startswith("https"),
        SESSION_COOKIE_NAME="exchange",
    )


def _address_of(bind: str) -> str:
    """Where this machine itself finds what listens there; papers carry it until a public address is set."""
    host, _colon, port = bind.rpartition(":")
    if host.strip("[]") in EVERY_ADDRESS:
        host = "127.0.0.1"
    return f"http://{host}:{port}"


def _whole_number(app: Flask, name: str) -> int:
    written = str(app.config[name]).strip()
    if not written.isascii() or not written.isdecimal() or not 0 < int(written[:20]) <= LARGEST_NUMBER:
        raise UsageProblem(f"{PREFIX}{name} 要写成一个整数，现在是“{written}”。")
    return int(written)
