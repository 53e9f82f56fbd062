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


def test_unusable_setting_is_one_line_on_standard_error():
    environment = {**os.environ, "EXCHANGE_FIELD_KEYS": "no key"}

    result = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "status"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "EXCHANGE_FIELD_KEYS" in result.stderr
