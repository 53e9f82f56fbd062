import pytest
from sqlalchemy import select

from exchange.accounts.models import User
from exchange.accounts.views import _own_address
from exchange.audit.queries import timeline
from tests.browser import Browser
from tests.factories.accounts import PASSWORD, RegistrarFactory, UserFactory

NEW = "vier woorden zonder verband"


def enter(browser, user, password=PASSWORD, expect=302, url="/accounts/sign-in"):
    browser.get(url)
    return browser.post(url, expect=expect, username=user.username, password=password)


def test_sign_in_leads_to_the_home_of_the_person(stranger):
    user = RegistrarFactory()

    enter(stranger, user)

    assert stranger.response.location == "/"
    assert user.name in stranger.get("/")


def test_sign_in_goes_on_to_the_page_that_was_asked_for(stranger):
    stranger.get("/accounts/password", expect=302)

    enter(stranger, UserFactory(), url=stranger.response.location)

    assert stranger.response.location == "/accounts/password"


FOREIGN = """//evil.example ///evil.example https://evil.example https:evil.example /\\evil.example \\\\evil.example
javascript:alert(1) accounts/password"""


@pytest.mark.parametrize("wanted", ["", "/\t/evil.example", "/students\r\nSet-Cookie: a=b", *FOREIGN.split()])
def test_sign_in_never_leads_to_another_site(app, wanted):
    with app.test_request_context():
        assert _own_address(wanted) == "/"


def test_wrong_password_and_unknown_name_look_alike(stranger, db):
    user = UserFactory(username="somebody")
    nobody = User(username="nobody12")

    wrong = enter(stranger, user, password="wrong password", expect=422)
    unknown = enter(stranger, nobody, password="wrong password", expect=422)

    assert stranger.get("/", expect=302)
    assert (
        wrong.replace("somebody", "nobody12").split("<main")[1].split("csrf")[0]
        == unknown.split("<main")[1].split("csrf")[0]
    )


def test_five_wrong_passwords_lock_the_account(stranger, db):
    user = UserFactory()

    for _attempt in range(5):
        enter(stranger, user, password="wrong password", expect=422)
    enter(stranger, user, expect=422)

    assert db.session.scalar(select(User).where(User.locked_until.is_not(None))) == user


def test_typed_name_stays_and_typed_password_does_not(stranger):
    page = enter(stranger, UserFactory(username="li.yu"), password="my secret words", expect=422)

    assert 'value="li.yu"' in page
    assert "my secret words" not in page


def test_sign_out_ends_the_session_and_leaves_a_line(sign_in):
    user = UserFactory()
    browser = sign_in(user)
    browser.get("/")

    browser.post("/accounts/sign-out")

    browser.get("/", expect=302)
    assert timeline(user)[0].action == "account.signed_out"


def test_sign_out_needs_its_token(sign_in):
    browser = sign_in(UserFactory())

    assert browser.client.post("/accounts/sign-out", data={"csrf_token": "forged"}).status_code == 400
    browser.get("/")


def test_change_of_password_ends_the_other_sessions_only(app, db):
    user = UserFactory()
    here, there = Browser(app.test_client()), Browser(app.test_client())
    enter(here, user)
    enter(there, user)

    here.get("/accounts/password")
    here.post("/accounts/password", old=PASSWORD, new=NEW, again=NEW)

    here.get("/")
    there.get("/", expect=302)
    enter(there, user, password=NEW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"old": PASSWORD, "new": NEW, "again": "something else"}, "不一样"),
        ({"old": "wrong password", "new": NEW, "again": NEW}, "原密码不对"),
        ({"old": PASSWORD, "new": "12345678", "again": "12345678"}, "太容易猜到"),
        ({}, "必填"),
    ],
)
def test_change_of_password_says_what_is_wrong(sign_in, fields, words):
    browser = sign_in(UserFactory())
    browser.get("/accounts/password")

    assert words in browser.post("/accounts/password", expect=422, **fields)


def test_person_who_was_deactivated_is_out_at_once(sign_in, db):
    user = UserFactory()
    browser = sign_in(user)
    browser.get("/")

    user.active = False
    db.session.commit()

    browser.get("/", expect=302)


def test_forged_session_is_nobody(app, db):
    client = app.test_client()
    client.set_cookie("exchange", "eyJfdXNlcl9pZCI6IjE6MCJ9.forged.forged")

    assert client.get("/").status_code == 302
