"""Errors with a sentence for people, and the pages that show them."""

import logging

from flask import Flask, jsonify, render_template, request
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from exchange.core.database import db, is_sqlite, read_only
from exchange.core.i18n import _

log = logging.getLogger("exchange")


class DomainError(Exception):
    """A request that makes no sense to the domain; its text is shown to the person."""


class UsageProblem(DomainError):
    """Input that cannot be used at all: says what and where. On the command line it ends with status 2."""


class NotPossible(DomainError):
    """Something that is no longer or not yet possible in the present state."""


PAGES = {400, 401, 403, 404, 405, 409, 413, 429, 500, 503}
BUSY_SECONDS = 10
UNIQUE_VIOLATION = "23505"  # SQLSTATE of PostgreSQL
BARE_PAGE = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>没有完成</title><h1>没有完成</h1>'
    "<p>刚才的操作没有完成，什么也没有写入一半。请稍后再试，或联系系统管理员。</p>"
    '<p lang="en">This could not be done. Nothing was half written. Please try again later.</p></html>'
)


def _page(status: int, error: Exception):
    if wants_json():
        return jsonify(message=_sentence(status, error)), status
    page = status if status in PAGES else 400
    try:
        return render_template(f"errors/{page}.html", error=error), status
    except Exception:  # no database for the person's name, no address for a foreign host
        log.exception("the page of the error failed too")
        return BARE_PAGE, status


def wants_json() -> bool:
    """Whether a script asks, which wants an answer it can read, instead of a browser that shows a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return request.is_json or best == "application/json"


def _sentence(status: int, error: Exception) -> str:
    if isinstance(error, DomainError):
        return str(error)
    return f"{status} {getattr(error, 'name', '')}".strip()


def _show_refusal(error: DomainError):
    return _page(409, error)


def _show_unusable(error: Exception):
    """What no database can keep: NUL in a text, a number with forty digits. It comes from no keyboard."""
    log.warning("%s %s: %s", request.method, request.path, error)
    db.session.rollback()
    return _page(400, UsageProblem(_("地址或表单里有一个系统存不下的值：太长的数字，或不能保存的字符。改正以后再试。")))


def _show_overtaken(_error: StaleDataError):
    """Two people changed one record at the same moment; the second is told."""
    db.session.rollback()
    return _page(409, NotPossible(_("刚才有人改了这条记录。请刷新页面，看看现在的内容再试。")))


def _show_taken(error: IntegrityError):
    """Two people entered the same at the same moment; the second is told. Any other error is a mistake of ours."""
    if not _is_duplicate(error):
        return _show_failure(error)
    log.warning("%s %s: %s", request.method, request.path, error.orig)
    db.session.rollback()
    return _page(409, NotPossible(_("刚才有人写入了相同的内容，这次没有写入。请刷新页面，看看现在的内容再试。")))


def _is_duplicate(error: IntegrityError) -> bool:
    """Whether the database refused something because it is there already."""
    return getattr(error.orig, "sqlstate", None) == UNIQUE_VIOLATION or "UNIQUE constraint" in str(error.orig)


def _show_busy(error: OperationalError):
    """Another has been writing to SQLite for longer than we wait, or the database server does not answer just now."""
    db.session.rollback()
    if is_sqlite() and "locked" not in str(error.orig):
        return _show_failure(error)
    log.warning("%s %s: %s", request.method, request.path, error.orig)
    read_only.set(True)  # the page must not wait for the same lock once more
    content, status = _page(503, NotPossible(_("系统正忙，这次没有写入。过一会儿再试。")))
    return content, status, {"Retry-After": str(BUSY_SECONDS)}


def _show_http_error(error: HTTPException):
    if error.code is None or error.code < 400:
        return error
    content, status = _page(error.code, error)
    kept = {name: value for name, value in error.get_headers() if name not in {"Content-Type", "Content-Length"}}
    return content, status, kept  # Allow, Retry-After


def _show_failure(error: Exception):
    """A mistake of ours: written to the log whole, shown as one sentence. Works without a database, too."""
    log.exception("%s %s failed", request.method, request.path, exc_info=error)
    db.session.rollback()  # a session that failed cannot even load the person for the page
    return _page(500, error)


def init_app(app: Flask) -> None:
    app.register_error_handler(DomainError, _show_refusal)
    app.register_error_handler(StaleDataError, _show_overtaken)
    app.register_error_handler(IntegrityError, _show_taken)
    app.register_error_handler(DataError, _show_unusable)
    app.register_error_handler(OperationalError, _show_busy)
    app.register_error_handler(OverflowError, _show_unusable)
    app.register_error_handler(HTTPException, _show_http_error)
    if not app.config["TESTING"]:
        app.register_error_handler(Exception, _show_failure)
