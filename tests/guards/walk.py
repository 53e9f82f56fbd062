"""Every route as one person sees it: each address filled with several records, and all the words of an answer."""

import json
from html import unescape
from io import BytesIO
from itertools import product
from zipfile import ZipFile, is_zipfile

from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from exchange.operations import docs
from tests.guards.test_routes import rules

BODIES = {"POST": {"any": "field"}, "PUT": {}, "PATCH": {}, "DELETE": {}}
AS_SCRIPT = {"Accept": "application/json"}


def addresses(app, *records):
    """(method, url) of every route, its arguments taken from these sets of records in every combination."""
    adapter = app.url_map.bind("localhost")
    for rule in rules(app):
        names = sorted(rule.arguments)
        choices = [list(dict.fromkeys(found[name] for found in records)) for name in names]
        urls = {adapter.build(rule.endpoint, dict(zip(names, values, strict=True))) for values in product(*choices)}
        yield from ((method, url) for method in docs.methods(rule) for url in sorted(urls))


def answer(app, person, method, url, headers=None):
    """The answer to this person, in a browser of its own so that no request ends the session of the next."""
    client = app.test_client(user=person) if person else app.test_client()
    sent = {"method": method, "headers": headers or {}}
    if method not in BODIES:
        return client.open(url, **sent)
    refused = client.open(url, json={}, **{**sent, "headers": AS_SCRIPT})  # says which token it would take
    token = (refused.get_json(silent=True) or {}).get("csrf_token", "")
    sent["headers"] = {**sent["headers"], "X-CSRFToken": token}
    return client.open(url, data={**BODIES[method], "csrf_token": token}, **sent)


def words_of(response):
    """Everything that can be read in an answer: a page, JSON, a workbook, a paper, and what lies in an archive."""
    return _words(response.data, response.mimetype) + " " + " ".join(map(str, response.headers.values()))


def _words(content, mimetype):
    if content.startswith(b"%PDF"):
        return "\n".join(page.get_textpage().get_text_bounded() for page in PdfDocument(content))
    if is_zipfile(BytesIO(content)):
        return _of_archive(content)
    text = content.decode("utf-8", "replace")
    if mimetype == "application/json":
        return json.dumps(json.loads(text), ensure_ascii=False)
    return unescape(text)


def _of_archive(content):
    archive = ZipFile(BytesIO(content))
    if "[Content_Types].xml" in archive.namelist():
        sheets = load_workbook(BytesIO(content), data_only=True)
        return "\n".join(str(value) for sheet in sheets for row in sheet.values for value in row if value is not None)
    return "\n".join(name + _words(archive.read(name), "") for name in archive.namelist())
