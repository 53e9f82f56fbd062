"""Sign-in and verification once more, in English: nothing Chinese is left but names, numbers and what a paper says."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.installation import PASSWORD

pytestmark = pytest.mark.browser

HAN = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001\u3002]+")
SWITCH = "中文"
VALID = "SELECT number FROM certificate WHERE kind = 'enrolment_letter' AND status = 'valid' LIMIT 1"


def switch_to_english(page):
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def chinese_on(page, *names):
    """What is written in Chinese on the page, in titles and labels too; the switch and the names do not count."""
    words = page.locator("body").inner_text() + " " + page.title()
    for attribute in ("aria-label", "placeholder", "title", "alt"):
        for element in page.locator(f"[{attribute}]").all():
            words += " " + element.get_attribute(attribute)
    for known in (SWITCH, *names):
        words = words.replace(known, "")
    return HAN.findall(words)


def test_sign_in_in_english(visit):
    visit.expect("status of 422")
    page = visit()
    page.goto("/accounts/sign-in")

    switch_to_english(page)

    assert chinese_on(page) == []

    page.locator("#username").fill("registrar")
    page.locator("#password").fill("a wrong one")
    page.locator("main button").click()
    expect(page.locator(".error-summary")).to_be_visible()

    assert chinese_on(page) == []

    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert HAN.findall(page.locator(".sidebar").inner_text()) == []


def test_the_switch_goes_there_and_back_on_every_page(visit):
    page = visit("registrar")
    page.goto("/certificates?q=DQZJ")

    switch_to_english(page)
    expect(page).to_have_url(re.compile(r"q=DQZJ"))
    page.get_by_role("link", name=SWITCH).click()

    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(page.get_by_role("heading", level=1)).to_have_text("证书")


def test_verification_in_english(school, visit):
    ((number,),) = school.rows(VALID)
    page = visit(phone=True, language="en-GB")
    page.goto("/verify")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    assert chinese_on(page) == []

    page.locator('input[name="number"]').fill(number)
    page.locator("main button").first.click()
    page.wait_for_url(f"**/verify/{number}*")

    expect(page.locator(".notice--done")).to_be_visible()
    values = page.locator(".summary-list dd").all_inner_texts()
    assert chinese_on(page, *values) == []


def test_unknown_number_is_answered_in_english(visit):
    visit.expect("status of 404")
    page = visit(language="en-GB")

    page.goto("/verify/DQZJ-ZD-2026-999999-0")

    expect(page.locator(".notice--blocked")).to_be_visible()
    assert chinese_on(page) == []
