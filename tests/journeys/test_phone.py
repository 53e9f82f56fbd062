"""Phones in a village: 390 pixels wide, a slow network, sometimes none, and a thumb."""

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.journeys.visit import follow, sideways

pytestmark = pytest.mark.browser

LEAST_TOUCH = 44
SIGN_IN_BYTES, OWN_PLACEMENT_BYTES = 60 * 1024, 120 * 1024
NUMBER = "SELECT number FROM certificate WHERE status = 'valid' LIMIT 1"
PAGES = {
    "student": ["今日", "课程", "实习", "证书"],
    "guardian": ["今日", "课程", "证书"],
    "subject_teacher": ["今日", "学生", "课程"],
}


@pytest.mark.parametrize("username", PAGES)
def test_no_page_of_the_menu_scrolls_sideways(visit, username):
    page = visit(username, phone=True)

    for word in PAGES[username]:
        follow(page, word)
        expect(page.locator("h1")).to_be_visible()
        assert sideways(page) == 0, page.url


def test_verification_does_not_scroll_sideways(school, visit):
    page = visit(phone=True)

    for address in ("/verify", f"/verify/{school.count(NUMBER)}"):
        page.goto(address)
        assert sideways(page) == 0, address


def test_own_placement_is_there_without_network_once_seen(visit):
    visit.expect("ERR_INTERNET_DISCONNECTED")
    page = visit("student", phone=True)
    follow(page, "实习")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "caches.match('/placements/mine').then(Boolean)")
    page.reload()
    look = look_of(page)

    page.context.set_offline(True)
    page.reload()

    expect(page.locator("main")).to_contain_text("京华示范宾馆")
    expect(page.locator("[data-offline]")).to_be_visible()
    assert look_of(page) == look


def look_of(page):
    """What only a style sheet gives."""
    return page.locator(".topbar").evaluate("bar => [getComputedStyle(bar).display, getComputedStyle(bar).height]")


def test_nothing_of_the_placement_stays_after_sign_out(visit):
    page = visit("student", phone=True)
    follow(page, "实习")
    until(page, "caches.match('/placements/mine').then(Boolean)")
    page.reload()

    page.locator(".topbar summary").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/accounts/sign-in")

    until(page, "caches.keys().then((names) => names.length === 0)")


def test_everything_to_touch_on_own_placement_is_large_enough(visit):
    page = visit("student", phone=True)
    follow(page, "实习")

    small = [
        (element.inner_text(), box["width"], box["height"])
        for element in page.locator("a:visible, button:visible, summary:visible, input:visible").all()
        if (box := element.bounding_box()) and box["y"] >= 0 and min(box["width"], box["height"]) < LEAST_TOUCH
    ]

    assert small == []


def test_sign_in_is_light_over_the_wire(visit, record_property):
    page = visit(phone=True)

    size = transferred(page, "/accounts/sign-in")

    record_property("sign_in_bytes", size)
    assert size <= SIGN_IN_BYTES


def test_own_placement_is_light_over_the_wire(visit, record_property):
    page = visit("student", phone=True)

    size = transferred(page, "/placements/mine")

    record_property("own_placement_bytes", size)
    assert size <= OWN_PLACEMENT_BYTES


def transferred(page, address):
    """Bytes of the first view as they came over the wire, heads included; nothing comes from a cache."""
    wire = page.context.new_cdp_session(page)
    sizes = {}
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(address, wait_until="networkidle")
    assert len(sizes) > 3, "the page and what it is drawn with"
    return sum(sizes.values())
