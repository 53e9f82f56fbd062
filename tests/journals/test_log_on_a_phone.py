"""The log on a phone of 390 pixels: kept as it is typed, also without network, sent when it is back."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exchange.core.database import db as database
from exchange.core.database import today
from exchange.journals.models import WeeklyLog
from exchange.journals.weeks import monday_of
from tests.browser import until
from tests.factories.accounts import PASSWORD, StudentUserFactory
from tests.factories.journals import RunningPlacementFactory

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # ms; machines that test are busy
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}
PAGE = "/journals/mine"


@pytest.fixture
def phone(address, chromium, db):
    """A phone on which a student has opened the page with network; the internship began last Monday."""
    user = StudentUserFactory()
    first = monday_of(today()) - timedelta(days=7)
    RunningPlacementFactory(student__user_id=user.id, starts_on=first, ends_on=first + timedelta(days=180))
    username = user.username
    database.session.remove()  # the server has sessions of its own
    context = chromium.new_context(base_url=address, **PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto("/accounts/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")
    page.goto(f"{PAGE}?week={first}")
    until(page, "document.querySelector('[data-log-total]').textContent !== ''")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, f"caches.match('{PAGE}').then(Boolean)")
    yield page
    context.close()


def write(page, did="在前台帮客人办入住"):
    page.fill("#did", did)
    page.fill("#learnt", "怎么登记证件")
    page.fill("#hours_0", "8")
    page.locator("[name=mood][value=fine]").check()


def send(page):
    page.get_by_role("button", name="交周志").tap()


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('log.')).length")


def logs():
    """What has reached the school. The session is closed at once: it would keep the server from writing."""
    found = [log.did for log in database.session.query(WeeklyLog)]
    database.session.remove()
    return found


def test_log_is_written_without_network_and_sent_when_it_is_back(phone):
    phone.context.set_offline(True)
    write(phone)
    send(phone)
    expect(phone.locator("[data-log-state]")).to_contain_text("没有网络")
    assert logs() == []

    phone.context.set_offline(False)
    expect(phone.locator(".flashes")).to_contain_text("周志交了")

    assert logs() == ["在前台帮客人办入住"]
    until(phone, "Object.keys(localStorage).every((key) => !key.startsWith('log.'))")


def test_what_was_typed_is_put_back_after_the_page_was_closed_without_network(phone):
    phone.goto(PAGE)
    until(phone, "document.querySelector('[data-log-total]').textContent !== ''")
    phone.context.set_offline(True)
    write(phone, "写了一半")
    phone.close(run_before_unload=False)

    page = phone.context.new_page()
    page.goto(PAGE)

    expect(page.locator("[data-log-state]")).to_contain_text("已放回来")
    expect(page.locator("#did")).to_have_value("写了一半")
    expect(page.locator("[data-log-total]")).to_have_text("这周共 8 小时")
    assert "现在没有网络" in page.inner_text("main")


def test_sign_out_asks_and_leaves_nothing_on_the_phone(phone):
    write(phone)
    assert kept(phone) == 1

    phone.locator("details.menu summary").tap()
    phone.get_by_role("button", name="退出").tap()
    phone.locator("dialog[open] button").last.tap()
    phone.wait_for_url("**/accounts/sign-in*")

    assert kept(phone) == 0
    assert logs() == []


def test_page_fits_the_phone(phone):
    sizes = phone.evaluate(
        "[...document.querySelectorAll('.log-hours .input, .log-form .field--choice label, .log-form .button')]"
        ".map((each) => each.getBoundingClientRect().height)"
    )

    assert len(sizes) == 7 + 4 + 1
    assert min(sizes) >= 36
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
