import pytest

from tests.factories.accounts import RegistrarFactory


@pytest.mark.parametrize("url", ["/accounts/sign-in", "/nowhere", "/healthz"])
def test_every_answer_carries_the_policy(stranger, url):
    headers = stranger.client.get(url).headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"


def test_an_answer_that_a_hook_puts_in_carries_the_policy_too(sign_in):
    browser = sign_in(RegistrarFactory())

    answer = browser.client.post("/accounts/sign-out", data={"csrf_token": "forged"})

    assert answer.status_code == 400
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_static_files_may_be_kept(stranger):
    with stranger.client.get("/static/css/tokens.css") as answer:
        assert answer.headers["Cache-Control"] != "no-store"


def test_session_cookie_is_closed_to_scripts_and_other_sites(stranger):
    cookie = stranger.client.get("/accounts/sign-in").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
