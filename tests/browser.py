"""A browser for tests: it opens pages and sends forms as a user does, and inspects every page it gets."""

import json
import time
from collections import Counter
from html.parser import HTMLParser

from flask import g
from flask_login import FlaskLoginClient

from exchange.core.database import db

VOID = {"checkbox", "file", "hidden", "submit", "button", "image"}


class Client(FlaskLoginClient):
    """All tests share one context; who asks, the token and the language belong to one request only."""

    def open(self, *args, **kwargs):
        _forget_request()
        try:
            return super().open(*args, **kwargs)
        finally:
            _forget_request()


def _forget_request():
    for name in list(g):
        g.pop(name)


class Browser:
    """One person's browser. ``page`` is the page that is open."""

    def __init__(self, client):
        self.client = client
        self.page = None

    def get(self, url, expect=200):
        """Open the page and give back its text."""
        return self._request("GET", url, expect)

    def post(self, url, expect=302, **fields):
        """Send the fields with the token of the open page."""
        return self._request("POST", url, expect, data={**fields, "csrf_token": self._token()})

    def send(self, method, url, document, expect=200):
        """Send JSON as a script of the open page does; gives back the answer as JSON."""
        headers = {"X-CSRFToken": self._token()}
        return json.loads(self._request(method, url, expect, json=document, headers=headers))

    def _token(self):
        if self.page is None:
            self.get("/accounts/password")
        return self.page.csrf_token

    def _request(self, method, url, expect, **kwargs):
        response = self.client.open(url, method=method, **kwargs)
        assert response.status_code == expect, f"{response.status_code} {response.text[:2000]}"
        db.session.rollback()
        db.session.expire_all()  # so that assertions read what the request left in the database
        self.response = response
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303}:
            self.page = Page(response.text)
        return response.text if response.mimetype.startswith(("text/", "application/json")) else response.data


class Page(HTMLParser):
    """What every page must get right, checked on every page that any test opens."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.headings, self.csrf_token = Counter(), 0, ""
        self.language, self.title_seen = "", False
        self.labelled, self.controls, self.inline = set(), [], []
        self._label_depth = 0
        self.text = ""
        self._silent = 0
        self.feed(html)
        self._inspect()

    def _inspect(self):
        assert self.headings == 1, f"a page has one h1, not {self.headings}"
        assert [name for name, count in self.ids.items() if count > 1] == [], "an id occurs once"
        assert self.language in {"zh-Hans", "en"}, "a page says its language"
        assert self.title_seen, "a page has a title"
        assert self.inline == [], "no inline style or script passes the content policy"
        unlabelled = [shown for identifier, shown in self.controls if identifier not in self.labelled]
        assert unlabelled == [], "every control has a label"

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.headings += tag == "h1"
        self.ids.update([attrs["id"]] if "id" in attrs else [])
        self._silent += tag in {"script", "style"}
        if tag == "html":
            self.language = attrs.get("lang", "")
        if tag == "title":
            self.title_seen = True
        if tag == "label":
            self._label_depth += 1
            self.labelled.add(attrs.get("for"))
        if "style" in attrs or any(name.startswith("on") for name in attrs) or (tag == "script" and "src" not in attrs):
            self.inline.append((tag, attrs))
        if tag in {"input", "select", "textarea"}:
            self._note_control(tag, attrs)
        if attrs.get("name") in {"csrf_token", "csrf-token"}:
            self.csrf_token = attrs.get("value") or attrs.get("content")

    def _note_control(self, tag, attrs):
        named = "aria-label" in attrs or "aria-labelledby" in attrs or self._label_depth
        if attrs.get("type") not in {"hidden", "submit", "button"} and not named:
            self.controls.append((attrs.get("id"), f"{tag} {attrs.get('name')}"))

    def handle_endtag(self, tag):
        self._label_depth -= tag == "label"
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self._silent:
            self.text += data


def until(page, promise, *, seconds=20):
    """Wait in a Chromium page until the promise gives something true.

    Playwright's own ``wait_for_function`` takes the promise itself for a yes.
    """
    deadline = time.monotonic() + seconds
    while not page.evaluate(promise):
        assert time.monotonic() < deadline, f"{promise} stayed false for {seconds} seconds"
        page.wait_for_timeout(50)
