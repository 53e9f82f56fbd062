"""Whatever is sent to an address that takes something, the answer is never a mistake of ours."""

import re
from io import BytesIO
from urllib.parse import urlencode

import pytest

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.certificates.forms import settings_form
from exchange.certificates.kinds import KINDS
from exchange.core.forms import Form
from exchange.core.limits import limiter
from tests.browser import Browser
from tests.factories.accounts import UserFactory
from tests.guards.records import make_records
from tests.guards.test_routes import rules

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
DOCUMENTS = {"scalar": "5", "list": "[1]", "text": '"a"', "null": "null", "broken": "{", "deep": "[" * 100_000}
FIELDS = {
    "nothing": None,
    "empty": "",
    "one": "1",
    "long": "x",
    "NUL": "a\0b",
    "surrogate": b"a\xed\xa0\x80\xffb",  # what is no UTF-8
    "number": "9",
    "not a number": "NaN",
}
LENGTHENED = {"long", "number"}
LARGEST_BODY = 400_000  # bytes; with more, the parser of forms refuses the request before any view sees it
BESIDE = {"m.1", f"m.{'9' * 19}"}
BESIDE |= {"request", "m.1.1.0", "m.x.1.0", f"m.{'9' * 19}.1.0", "assessments-0-name", "assessments-0-weight"}
"""Fields that no form class declares."""


@pytest.fixture(autouse=True)
def unlimited(monkeypatch):
    """An answer that says "too often" would say nothing about the view."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture
def somebody(app, db):
    """somebody("nobody") or somebody("everybody") opens a browser; nothing is hidden from the second."""

    def browser(who):
        if who == "nobody":
            return Browser(app.test_client())
        return Browser(app.test_client(user=everybody))

    everybody = UserFactory(assignments=[RoleAssignment(role=role) for role in Role])
    return browser


def addresses(app):
    """(method, address) of everything that takes a body, with real records in it."""
    records, adapter = make_records(), app.url_map.bind("localhost")
    for rule in rules(app):
        url = adapter.build(rule.endpoint, {name: records[name] for name in rule.arguments})
        if rule.endpoint == "certificates.preflight":
            url += "?kind=enrolment_letter&school_class=没有"
        yield from ((method, url) for method in sorted(rule.methods & UNSAFE))


def names():
    """The fields of every form of the product."""
    forms, found = [Form, *map(settings_form, KINDS.values())], set(BESIDE)
    while forms:
        form = forms.pop()
        forms += form.__subclasses__()
        found |= {name for name in dir(form) if hasattr(getattr(form, name), "_formfield")}
    return found


def failure(browser, method, url, **body):
    """What went wrong within the application, if anything did."""
    try:
        with browser.client.open(url, method=method, **body) as answer:
            return answer.status_code if answer.status_code >= 500 or answer.status_code == 413 else None
    except Exception as error:  # the application of the tests lets everything through
        return repr(error)[:200]


def token(browser):
    browser.get("/verify")
    return browser.page.csrf_token


@pytest.mark.parametrize("who", ["nobody", "everybody"])
@pytest.mark.parametrize("document", DOCUMENTS)
def test_json_of_any_shape_is_answered(app, somebody, who, document):
    failed = {}
    for method, url in addresses(app):
        browser = somebody(who)
        headers = {"X-CSRFToken": token(browser)}
        body = {"data": DOCUMENTS[document], "content_type": "application/json", "headers": headers}
        failed[f"{method} {url}"] = failure(browser, method, url, **body)

    assert {address: what for address, what in failed.items() if what} == {}


def form_of(fields):
    """The body of a form, with a file where there are other fields; bytes go as they are."""
    if bytes in map(type, fields.values()):
        return {"data": urlencode(fields), "content_type": "application/x-www-form-urlencoded"}
    files = {"file": (BytesIO("姓名\n".encode()), "a.csv")} if len(fields) > 1 else {}
    return {"data": fields | files}


@pytest.mark.parametrize("who", ["nobody", "everybody"])
@pytest.mark.parametrize("kind", FIELDS)
def test_form_with_any_words_is_answered(app, somebody, who, kind):
    value, failed, fields_of_forms = FIELDS[kind], {}, names()
    if kind in LENGTHENED:
        value *= min(5000, LARGEST_BODY // len(fields_of_forms))
    for method, url in addresses(app):
        browser = somebody(who)
        fields = {} if value is None else dict.fromkeys(fields_of_forms, value)
        fields["csrf_token"] = token(browser)
        failed[f"{method} {url}"] = failure(browser, method, url, **form_of(fields))

    assert {address: what for address, what in failed.items() if what} == {}


def test_form_that_lacks_one_of_its_fields_is_answered(app, somebody):
    failed = {}
    for method, url in addresses(app):
        for missing in names_on(somebody("everybody"), url):
            browser = somebody("everybody")
            fields = dict.fromkeys(names() - {missing}, "1") | {"csrf_token": token(browser)}
            failed[f"{method} {url} without {missing}"] = failure(browser, method, url, **form_of(fields))

    assert any("/imports without target" in address for address in failed)
    assert {address: what for address, what in failed.items() if what} == {}


def names_on(browser, url):
    """The fields that the page of the address asks for; none where it has no page."""
    page = browser.client.get(url)
    return set(re.findall(r'name="([^"]+)"', page.text)) & names() if page.status_code == 200 else set()


@pytest.mark.parametrize(("who", "url"), [("nobody", "/verify"), ("everybody", "/imports")])
def test_upload_beyond_the_limit_is_refused_unread(app, somebody, who, url):
    browser = somebody(who)
    announced = {"CONTENT_LENGTH": str(33 * 1024**2), "CONTENT_TYPE": "multipart/form-data; boundary=x"}

    page = browser.client.post(url, environ_overrides=announced)
    answer = browser.client.post(url, environ_overrides=announced, headers={"Accept": "application/json"})

    assert (page.status_code, answer.status_code) == (413, 413)
    assert "请换一个小一些的文件" in page.text
    assert "message" in answer.json
