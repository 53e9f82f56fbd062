"""Bureau, auditor and principal over all routes: whom they may not see, what they may not do, what they must reach."""

import pytest

from exchange.core.database import db as database
from exchange.core.limits import limiter
from exchange.partners.models import PartnerRegion
from exchange.students.models import Student
from tests.factories.accounts import AuditorFactory, PartnerUserFactory, PrincipalFactory, RegistrarFactory
from tests.factories.students import StudentFactory
from tests.guards.records import make_records
from tests.guards.test_routes import read_table
from tests.guards.walk import AS_SCRIPT, BODIES, addresses, answer, words_of

NAME, NUMBER, PINYIN = "排独一份", "1999777123", "pai du yi fen"
OWN_ACCOUNT = {"/accounts/password", "/accounts/sign-out", "/messages/addresses", "/messages/read"}
ONLY_SOMETIMES = {
    "/jobs/<int:job_id>",
    "/messages/<int:message_id>",
    "/students/<int:student_id>/photo",
    "/orders/<int:order_id>/cancel",
}
"""Somebody else's job or message, a portrait that nobody took, an order not confirmed yet: not there for anybody."""


@pytest.fixture
def records(app, db, monkeypatch):
    """Everything that hangs on a student of Chengdu, whose name and number are nobody else's."""
    monkeypatch.setattr(limiter, "enabled", False)
    found = make_records()
    student = database.session.get_one(Student, found["student_id"])
    student.name, student.student_no, student.pinyin, student.county_of_origin = NAME, NUMBER, PINYIN, "510104"
    database.session.commit()
    return found


@pytest.fixture
def bureau(db):
    """Somebody of Dehong, with a student of the own county on the list."""
    user = PartnerUserFactory()
    database.session.add(PartnerRegion(user_id=user.id, area="533100"))
    StudentFactory(name="刀本县", county_of_origin="533103")
    database.session.commit()
    return user


def told(app, person, method, url, headers=None):
    with answer(app, person, method, url, headers) as response:
        words = words_of(response)
    return [secret for secret in (NAME, NUMBER, PINYIN) if secret in words]


def needs_no_account(app, url):
    view, _values = app.url_map.bind("localhost").match(url)
    return getattr(app.view_functions[view], "access", "") == "public"


def test_no_route_tells_a_bureau_of_a_student_of_another_county(app, records, bureau):
    found = {
        f"{method} {url}": told(app, bureau, method, url, headers)
        for method, url in addresses(app, records)
        for headers in ([{}, AS_SCRIPT] if method == "GET" else [{}])
        if method != "GET" or not needs_no_account(app, url)
    }

    assert len(found) > 200
    assert {address: secrets for address, secrets in found.items() if secrets} == {}
    searches = ("/finder?q=1999777", "/finder?q=pai", "/students?as_of=2026-10-08", "/students?county=510104")
    assert [search for search in searches if told(app, bureau, "GET", search)] == []


def test_the_registrar_is_told_by_the_same_routes(app, records, bureau):
    registrar = RegistrarFactory()

    assert told(app, registrar, "GET", f"/students/{records['student_id']}") == [NAME, NUMBER, PINYIN]
    assert NAME in told(app, registrar, "GET", "/finder?q=1999777")
    with answer(app, bureau, "GET", "/students") as page:
        assert "刀本县" in words_of(page)


def test_the_auditor_changes_nothing_but_the_own_account(app, records):
    table, auditor = read_table(), AuditorFactory()
    entered = {address for (address, method), people in table.items() if method in BODIES and "auditor" in people}
    public = {address for (address, _method), people in table.items() if "nobody" in people}
    proof = "/attachments/<int:attachment_id>"

    assert entered - public == {*OWN_ACCOUNT, proof}
    with answer(app, auditor, "POST", f"/attachments/{records['attachment_id']}") as response:
        assert response.status_code == 404


def test_the_auditor_is_told_no_whole_name_of_a_student(app, records):
    """The register, the papers and the trail."""
    auditor = AuditorFactory()
    pages = [url for method, url in addresses(app, records) if method == "GET"]
    found = {url: told(app, auditor, "GET", url) for url in pages if not needs_no_account(app, url)}

    assert {url for url, secrets in found.items() if NUMBER in secrets} >= {f"/students/{records['student_id']}"}
    assert {url: secrets for url, secrets in found.items() if {NAME, PINYIN} & set(secrets)} == {}


def test_whatever_the_principal_may_enter_shows_its_record(app, records):
    """No record is outside of the scope of who answers for the school."""
    principal, adapter = PrincipalFactory(), app.url_map.bind("localhost")
    entered = {
        address
        for (address, method), people in read_table().items()
        if method == "GET" and "principal" in people and "nobody" not in people
    }
    answers = {}
    for method, url in addresses(app, records):
        rule, _values = adapter.match(url, method, return_rule=True)
        if method == "GET" and rule.rule in entered - ONLY_SOMETIMES:
            with answer(app, principal, method, url) as response:
                answers[url] = response.status_code

    assert len(answers) > 60
    assert {url: status for url, status in answers.items() if status not in {200, 302}} == {}
