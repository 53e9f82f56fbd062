import pytest
from sqlalchemy import select

from exchange.accounts.models import User
from tests.factories.accounts import UserFactory


def usernames(db):
    return set(db.session.scalars(select(User.username)))


def test_form_saves_with_its_token(probe, db):
    probe.get("/probe/note")

    assert probe.post("/probe/note", expect=200, note="一") == "saved"
    assert usernames(db) == {"一"}


def test_stale_token_keeps_what_was_typed(probe, db):
    probe.get("/probe/note")

    page = probe.client.post("/probe/note", data={"note": "写了很久的话", "csrf_token": "stale"})

    assert page.status_code == 422
    assert 'value="写了很久的话"' in page.text
    assert "内容都还在" in page.text
    assert usernames(db) == set()


def test_missing_field_is_sent_back_with_422(probe, db):
    probe.get("/probe/note")

    probe.post("/probe/note", expect=422)

    assert usernames(db) == set()


@pytest.mark.parametrize("token", [{"note": "1"}, {"csrf_token": "forged"}], ids=["missing", "forged"])
def test_view_that_forgets_the_token_changes_nothing(probe, db, token):
    probe.get("/probe/note")

    answer = probe.client.post("/probe/careless", data=token)

    assert answer.status_code == 400
    assert usernames(db) == set()


def test_view_that_forgets_the_token_works_when_it_is_right(probe, db):
    probe.get("/probe/note")

    probe.post("/probe/careless", expect=200)

    assert usernames(db) == {"careless"}


def test_script_without_token_gets_a_fresh_one_that_works(probe):
    probe.get(f"/probe/sign-in/{UserFactory().id}")

    refused = probe.client.put("/probe/script", json={})
    again = probe.client.put("/probe/script", json={}, headers={"X-CSRFToken": refused.json["csrf_token"]})

    assert refused.status_code == 419
    assert again.json == {"saved": True}


def test_token_of_another_browser_is_refused(probe, probe_app):
    probe.get("/probe/note")
    stolen = probe.page.csrf_token

    answer = probe_app.test_client().post("/probe/careless", data={"csrf_token": stolen})

    assert answer.status_code == 400
