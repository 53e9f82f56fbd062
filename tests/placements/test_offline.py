"""“My placement” in a real phone browser: once seen it opens without network, and signing out leaves nothing behind."""

import gzip

import pytest
from playwright.sync_api import Error

from exchange.core.database import db as database
from exchange.placements.models import PlacementStatus
from tests.browser import until
from tests.factories.accounts import PASSWORD, StudentUserFactory
from tests.factories.placements import PlacementFactory

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}
FIRST_VIEW = 120 * 1024
MINE = "/placements/mine"


@pytest.fixture
def phone(address, chromium):
    """A phone on which the student of a placement has signed in, and the name of the host."""
    user = StudentUserFactory()
    placement = PlacementFactory(student__user_id=user.id, status=PlacementStatus.PREPARING)
    username, host = user.username, placement.host.name
    database.session.remove()  # the server has sessions of its own
    context = chromium.new_context(base_url=address, **PHONE)
    page = context.new_page()
    page.goto("/accounts/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{address}/")
    yield page, host
    context.close()


def see(page):
    """Open the page with network and wait until it is kept."""
    page.goto(MINE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, f"caches.match('{MINE}').then(Boolean)")


def test_page_opens_without_network_once_seen_and_says_how_old_it_is(phone):
    page, host = phone
    see(page)

    page.context.set_offline(True)
    page.goto(MINE)

    assert host in page.inner_text("main")
    assert "现在没有网络" in page.inner_text("main")


def test_signing_out_takes_the_page_from_the_phone(phone):
    page, _host = phone
    see(page)

    page.reload()
    page.evaluate("document.querySelector('form[action$=sign-out]').submit()")
    page.wait_for_url("**/accounts/sign-in*")
    until(page, "caches.keys().then((names) => names.length === 0)")
    page.context.set_offline(True)

    with pytest.raises(Error, match="net::"):
        page.goto(MINE)


def test_first_view_fits_one_screen_and_its_budget(phone):
    page, _host = phone
    sizes = []
    page.context.on("response", lambda answer: sizes.append(len(gzip.compress(answer.body()))))

    page.goto(MINE)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [390, 844]
    assert 0 < sum(sizes) <= FIRST_VIEW
