"""Errors with a sentence for people, and the pages that show them."""

import logging

from flask import Flask, jsonify, render_template, request
from flask_login import current_user
from werkzeug.exceptions import HTTPException

log = logging.getLogger("exchange")


class DomainError(Exception):
    """A request that makes no sense to the domain; its text is shown to the person."""


class UsageProblem(DomainError):
    """Input that cannot be used at all: says what and where. On the command line it ends with status 2."""


class NotPossible(DomainError):
    """Something that is no longer or not yet possible in the present state."""


PAGES = {400, 401, 403, 404, 405, 409, 413, 429, 500, 503}


def _page(status: int, error: Exception):
    if _wants_json():
        return jsonify(message=_sentence(status, error)), status
    return render_template(f"errors/{status}.html", error=error), status


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"


def _sentence(status: int, error: Exception) -> str:
    if isinstance(error, DomainError):
        return str(error)
    return f"{status} {getattr(error, 'name', '')}".strip()


def _show_refusal(error: DomainError):
    return _page(409, error)


def _show_http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    return _page(error.code if error.code in PAGES else 400, error)


def _show_failure(error: Exception):
    log.exception("%s %s failed for user %s", request.method, request.path, getattr(current_user, "id", None))
    return _page(500, error)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _show_refusal)
    app.register_error_handler(HTTPException, _show_http_error)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _show_failure)
