import pytest

from exchange.core.i18n import _, current_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh,en", "zh-Hans"),
        ("zh-TW,en;q=0.5", "zh-Hans"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("en;q=0.5,zh;q=0.9", "zh-Hans"),
        ("fr-FR,de", "zh-Hans"),
        ("", "zh-Hans"),
        (";;;q=x,*", "zh-Hans"),
    ],
)
def test_browser_gets_the_language_it_asks_for_first(stranger, accepted, language):
    page = stranger.client.get("/accounts/sign-in", headers={"Accept-Language": accepted})

    assert f'<html lang="{language}">' in page.text


def test_language_switch_is_remembered(stranger):
    stranger.get("/accounts/sign-in?lang=en")
    stranger.get("/accounts/sign-in")

    assert stranger.page.language == "en"


def test_unknown_language_changes_nothing(stranger):
    stranger.get("/accounts/sign-in?lang=en")
    stranger.get("/accounts/sign-in?lang=tlh")

    assert stranger.page.language == "en"


def test_sentences_outside_of_requests_are_chinese(app):
    assert str(_("登录")) == "登录"
    assert current_language() == "zh_Hans_CN"
