"""Stored papers on their way to the browser."""

from io import BytesIO

from flask import Response, abort, send_file

from exchange.core.storage import store


def pdf_file(key: str | None, name: str) -> Response:
    """A stored paper under its name; 404 where nothing is stored yet."""
    if key is None:
        abort(404)
    content = BytesIO(store().get(key))
    return send_file(content, mimetype="application/pdf", download_name=f"{name}.pdf", max_age=0)
