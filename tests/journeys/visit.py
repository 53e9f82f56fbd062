"""Browsers that note whatever a person would not see: errors of scripts, broken policies, requests to other hosts."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.journeys.installation import PASSWORD

DESKTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
PATIENCE = 30_000  # ms; machines that test are busy, and jobs wait for their worker
OWN_SCHEMES = {"data", "blob", "about"}

expect.set_options(timeout=PATIENCE)


class Visits:
    """The browsers of one test; each person has cookies and storage of his own."""

    def __init__(self, school, chromium):
        self.school = school
        self.chromium = chromium
        self.contexts = []
        self.faults = []
        self.expected = []

    def __call__(self, username=None, *, phone=False, language="zh-CN"):
        """A page of a new browser: at home after sign-in, or empty for a stranger."""
        context = self.chromium.new_context(
            base_url=self.school.url, locale=language, timezone_id="Asia/Shanghai", **(PHONE if phone else DESKTOP)
        )
        self.contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda message: message.type == "error" and self._note(message.text))
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.on("request", lambda request: self._check_host(request.url))
        page = context.new_page()
        if username:
            sign_in(page, username)
        return page

    def expect(self, pattern):
        """A fault that belongs to the story, such as the network error of a server that was stopped."""
        self.expected.append(pattern)

    def _note(self, text):
        self.faults.append(text)

    def _check_host(self, url):
        parts = urlsplit(url)
        if parts.scheme not in OWN_SCHEMES and parts.netloc != self.school.address:
            self._note(f"asked another host: {url}")

    def close(self):
        for context in self.contexts:
            context.close()
        unexpected = [fault for fault in self.faults if not any(re.search(each, fault) for each in self.expected)]
        assert not unexpected, unexpected


def sign_in(page, username):
    """Through the form, in the language of the browser."""
    page.goto("/accounts/sign-in")
    page.locator("#username").fill(username)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    page.wait_for_url("**/")


def follow(page, word):
    """Open a page by its word in the menu."""
    leave(page, page.locator(".sidebar, .bottom-bar").get_by_role("link", name=word, exact=True))


def leave(page, element):
    """Click what leads to another page, and wait until that page has come in place of this one."""
    with page.expect_navigation():
        element.click()


def decide(page, name):
    """Press a button and answer the question that stands before what cannot be undone."""
    page.wait_for_load_state("networkidle")  # the question comes with a script
    page.get_by_role("button", name=name).click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()


def sideways(page):
    """How many pixels the page can be scrolled sideways."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
