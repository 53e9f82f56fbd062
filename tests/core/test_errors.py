import logging

import pytest

from exchange.core import errors


def test_refusal_of_the_domain_is_a_page_with_its_sentence(probe):
    probe.get("/probe/note")

    assert "先做别的。" in probe.post("/probe/refusal", expect=409)


def test_second_of_two_simultaneous_changes_is_told(probe):
    probe.get("/probe/note")

    assert "刚才有人改了这条记录" in probe.post("/probe/overtaken", expect=409)


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


def test_text_with_nul_in_a_search_is_no_failure(probe):
    assert probe.client.get("/accounts/sign-in?next=%00").status_code == 200
