import logging

import pytest

from exchange.accounts.models import User
from exchange.core import errors
from exchange.core.database import db, transactions


def test_refusal_of_the_domain_is_a_page_with_its_sentence(probe):
    probe.get("/probe/note")

    assert "先做别的。" in probe.post("/probe/refusal", expect=409)


def test_second_of_two_simultaneous_changes_is_told(probe):
    probe.get("/probe/note")

    assert "刚才有人改了这条记录" in probe.post("/probe/overtaken", expect=409)


@pytest.mark.parametrize("when", ["flush", "commit"])
def test_second_of_two_who_enter_the_same_is_told(probe, when):
    probe.get("/probe/note")

    assert "刚才有人写入了相同的内容" in probe.post(f"/probe/taken/{when}", expect=409)
    assert db.session.query(User).filter_by(username="twice").count() == 0


@pytest.mark.parametrize(("url", "status"), [("/nowhere", 404), ("/probe/refusal", 405)])
def test_http_error_is_a_page_with_its_status(probe, url, status):
    probe.get(url, expect=status)

    assert probe.page.headings == 1


def test_method_that_is_not_allowed_names_those_that_are(probe):
    probe.get("/probe/refusal", expect=405)

    assert "POST" in probe.response.headers["Allow"]


@pytest.mark.parametrize(
    ("method", "url", "status"), [("GET", "/nowhere", 404), ("GET", "/probe/failure", 500), ("PUT", "/probe/note", 419)]
)
def test_script_gets_its_error_as_json(probe, method, url, status):
    answer = probe.client.open(url, method=method, headers={"Accept": "application/json"})

    assert answer.status_code == status
    assert set(answer.json) >= {"message"}


def test_failure_is_a_page_without_traceback_and_a_line_in_the_log(probe, caplog):
    with caplog.at_level(logging.ERROR, "exchange"):
        page = probe.get("/probe/failure", expect=500)

    assert "Traceback" not in page
    assert "IntegrityError" not in page
    assert "IntegrityError" in caplog.text


def test_failure_whose_page_fails_too_still_has_one(probe, monkeypatch):
    def broken(*_arguments, **_values):
        raise OSError("no database")

    monkeypatch.setattr(errors, "render_template", broken)
    answer = probe.client.get("/probe/failure")

    assert answer.status_code == 500
    assert "什么也没有写入一半" in answer.text


@pytest.fixture
def locked(probe_on_sqlite, monkeypatch):
    """A browser on a SQLite to which somebody else writes, and nobody waits long."""
    monkeypatch.setattr(transactions, "SQLITE_SETTINGS", (*transactions.SQLITE_SETTINGS[:-1], "busy_timeout=20"))
    probe_on_sqlite.get("/probe/note")
    db.session.remove()
    db.engine.dispose()
    with db.engine.connect() as other:
        other.exec_driver_sql("SELECT 1")  # begins, and takes the lock
        yield probe_on_sqlite
        other.rollback()


@pytest.mark.parametrize("url", ["/probe/note", "/probe/status/200", "/probe/status/409"])
def test_database_that_stays_locked_is_a_page_that_says_when_to_come_back(locked, url):
    page = locked.post(url, expect=503, note="一")

    assert locked.response.headers["Retry-After"] == "10"
    assert "系统正忙" in page
    assert "回到首页" in page  # the layout is whole: the page waits for no lock


def test_database_that_stays_locked_is_json_for_scripts(locked):
    headers = {"Accept": "application/json"}
    answer = locked.client.post(
        "/probe/note", data={"note": "一", "csrf_token": locked.page.csrf_token}, headers=headers
    )

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "系统正忙" in answer.json["message"]


def test_database_that_lacks_a_table_is_our_mistake(probe):
    assert probe.get("/probe/no-table", expect=500)


def test_text_with_nul_in_a_search_is_no_failure(probe):
    assert probe.client.get("/accounts/sign-in?next=%00").status_code == 200
