import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from exchange import create_app
from exchange.config import require_keys
from exchange.core.errors import UsageProblem

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def build(tmp_path, monkeypatch):
    """build(**overrides) makes an application whose instance folder is empty."""
    monkeypatch.setattr("flask.app.App.auto_find_instance_path", lambda _app: str(tmp_path / "instance"))
    for name in [name for name in os.environ if name.startswith("EXCHANGE_")]:
        monkeypatch.delenv(name)
    return create_app


@pytest.mark.parametrize("given", [{}, {"SECRET_KEY": "x"}, {"FIELD_KEYS": "a2" * 21 + "k="}])
def test_missing_keys_are_refused_with_a_sentence_that_says_how_to_make_them(build, given):
    with pytest.raises(UsageProblem, match="new-key"):
        require_keys(build(**given))


def test_demonstration_makes_keys_and_keeps_them(build, tmp_path):
    first, second = build(DEMO="1"), build(DEMO="1")

    require_keys(second)
    assert first.config["SECRET_KEY"] == second.config["SECRET_KEY"]
    assert first.config["FIELD_KEYS"] == second.config["FIELD_KEYS"]
    kept = [path for path in (tmp_path / "instance").iterdir() if path.name.endswith(("-key", "-keys"))]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} == {0o600}


def test_environment_stands_above_the_instance_file(build, tmp_path, monkeypatch):
    (tmp_path / "instance").mkdir()
    (tmp_path / "instance" / "config.py").write_text("BIND = '127.0.0.1:1'\nSCHOOL_NAME = '学校'\n", "utf-8")
    monkeypatch.setenv("EXCHANGE_BIND", "127.0.0.1:2")

    app = build(PUBLIC_URL="https://school.example")

    assert (app.config["BIND"], app.config["SCHOOL_NAME"]) == ("127.0.0.1:2", "学校")
    assert app.config["SESSION_COOKIE_SECURE"] is True


def test_demonstration_has_a_telephone_and_a_school_without_one_has_none(build):
    assert build(DEMO="1").config["SCHOOL_PHONE"] == "0572-0000000"
    assert build(DEMO="1", SCHOOL_PHONE="0572-1").config["SCHOOL_PHONE"] == "0572-1"
    assert build().config["SCHOOL_PHONE"] == ""


@pytest.mark.parametrize(
    ("bind", "address"),
    [
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("192.168.1.9:8777", "http://192.168.1.9:8777"),
        ("0.0.0.0:8001", "http://127.0.0.1:8001"),
        ("[::]:8001", "http://127.0.0.1:8001"),
        (":8001", "http://127.0.0.1:8001"),
        ("[::1]:8001", "http://[::1]:8001"),
    ],
)
def test_papers_lead_to_the_address_that_is_served_until_a_public_one_is_set(build, bind, address):
    assert build(BIND=bind).config["PUBLIC_URL"] == address
    assert build(BIND=bind, PUBLIC_URL="https://school.example").config["PUBLIC_URL"] == "https://school.example"


def test_everything_lies_in_the_instance_folder_by_default(build, tmp_path):
    app = build()

    places = [app.config[name] for name in ("SQLALCHEMY_DATABASE_URI", "QUEUE_URL", "STORAGE_URL")]
    assert [str(tmp_path / "instance") in place for place in places] == [True, True, True]


def test_postgresql_address_gets_the_driver_we_carry(build):
    app = build(DATABASE_URL="postgresql://school@db.example/exchange")

    assert app.config["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://school@db.example/exchange"


@pytest.mark.parametrize(("given", "most"), [({}, 32 * 1024**2), ({"MAX_CONTENT_LENGTH": "1000"}, 1000)])
def test_uploads_have_a_limit(build, given, most):
    assert build(**given).config["MAX_CONTENT_LENGTH"] == most


def test_foreign_host_name_is_refused(build):
    app = build(TRUSTED_HOSTS="school.example", SECRET_KEY="x")

    answer = app.test_client().get("/healthz", base_url="http://elsewhere.example")

    assert answer.status_code == 400


SETTINGS = {
    "SCHOOL_CODE": ["德清", "dqzj", "DQ", "DQZJDQZ", "DQ-J", ""],
    "SCHOOL_PROVINCE": ["浙江", "33"],
    "DATABASE_URL": ["foo://x", "x.db", "sqlite://", "mysql://a:b@c/d", "postgresql://a:b@c:port/d"],
    "QUEUE_URL": ["foo://x", "redis:x", "redis://host:port"],
    "BIND": ["8000", "host", "host:port", "http://127.0.0.1:8000", "::1:80"],
    "PUBLIC_URL": ["school.example", "ftp://school.example", "https://", "https://school.example:port"],
    "STORAGE_URL": ["s3://bucket", "a\0b"],
    "FIELD_KEYS": ["no key", "密钥"],
    "MAX_CONTENT_LENGTH": ["0", "-1", "many", "٣", "9" * 5000],
}


@pytest.mark.parametrize(("name", "written"), [(name, each) for name, all_ in SETTINGS.items() for each in all_])
def test_setting_that_cannot_be_meant_is_refused_with_its_name_and_no_password(build, name, written):
    with pytest.raises(UsageProblem, match=f"EXCHANGE_{name}") as refused:
        build(**{name: written})

    assert len(str(refused.value).splitlines()) == 1
    assert "a:b@" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("BIND", ":8000"),
        ("BIND", "[::]:80"),
        ("BIND", "school.example:80"),
        ("DATABASE_URL", "postgresql+psycopg:///exchange?host=/var/run/postgresql"),
        ("QUEUE_URL", "redis://:word@127.0.0.1:6379/2"),
        ("SCHOOL_CODE", "DQZJ26"),
        ("STORAGE_URL", "files"),
    ],
)
def test_setting_that_can_be_meant_is_taken(build, name, written):
    assert build(**{name: written}).config[name] == written


@pytest.mark.parametrize(
    ("name", "written", "command"),
    [
        ("EXCHANGE_FIELD_KEYS", "no key", "jobs status"),
        ("EXCHANGE_SCHOOL_CODE", "德清", "certificates verify X"),
        ("EXCHANGE_DATABASE_URL", "foo://x", "operations serve"),
    ],
)
def test_unusable_setting_is_one_line_on_standard_error(name, written, command):
    environment = {**os.environ, name: written}

    result = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *command.split()],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert name in result.stderr
