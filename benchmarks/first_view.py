"""What a browser with an empty cache fetches to show a page: the page and what it names, compressed as it is sent."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from benchmarks.databases import Prepared
from benchmarks.site import Site
from exchange.operations.static import publish, serve_published

NAMED = {
    "text/html": re.compile(r'(?:<link[^>]*\bhref|<script[^>]*\bsrc|<img[^>]*\bsrc|<use[^>]*\bhref)="([^"]+)"'),
    "text/css": re.compile(r'url\(["\']?(?!data:)([^"\')]+)'),
    "text/javascript": re.compile(
        r'["\'](\./[\w./-]+\.js)["\']'
    ),  # more than is loaded: modules come when they are needed
}


@dataclass(frozen=True)
class View:
    """A page, who opens it, and how much may be fetched."""

    name: str
    who: str
    address: str
    kilobytes: int


VIEWS = (View("sign-in", "", "/accounts/sign-in", 60), View("my placement", "student", "/placements/mine", 120))


def weigh(view: View, prepared: Prepared, folder: Path) -> dict[str, int]:
    """Address → bytes on the wire, status line and headers included."""
    site = Site(prepared)
    serve_published(site.app, publish(Path(str(site.app.static_folder)), folder / "static"))
    client = site.client(view.who)
    weights: dict[str, int] = {}
    waiting = [view.address]
    while waiting:
        address = waiting.pop()
        if address in weights:
            continue
        response = client.get(address, headers={"Accept-Encoding": "gzip"})
        weights[address] = _weight(response)
        waiting += _named_by(client, address, response)
    return weights


def _weight(response: TestResponse) -> int:
    if response.status_code != 200:
        raise RuntimeError(f"{response.request.path}: {response.status}")
    return len(f"HTTP/1.1 {response.status}\r\n{response.headers}") + len(response.data)


def _named_by(client: FlaskClient, address: str, response: TestResponse) -> list[str]:
    pattern = NAMED.get(response.mimetype)
    if pattern is None:
        return []
    plain = client.get(address).text if response.content_encoding else response.text
    named = (urlsplit(each).path for each in pattern.findall(plain))
    folder = posixpath.dirname(address)
    return [posixpath.normpath(posixpath.join(folder, each)) for each in named if each]
