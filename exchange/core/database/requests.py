"""Who commits: one request, one transaction."""

from collections.abc import Callable

from flask import Flask, Response, current_app, g, has_request_context, request
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from exchange.core.database.records import db
from exchange.core.database.transactions import read_only


def write_apart(function: Callable[[], object]) -> None:
    """Run the function in a short transaction of its own, after the one of the request has ended.

    Sign-in failures, counts of verifications and the last use of a link must outlive a refused request. Outside of a
    request the function runs at once and is committed.
    """
    if has_request_context():
        g.setdefault("written_apart", []).append(function)
    else:
        function()
        db.session.commit()


def _end_transaction(response: Response) -> Response:
    """One request, one transaction. Services flush; nobody else commits."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or response.status_code >= 400:
        db.session.rollback()
    else:
        response = _finish(db.session.commit, response)
    if waiting := g.pop("written_apart", []):
        response = _finish(lambda: _write_now(waiting), response)
    return response


def _write_now(waiting: list[Callable[[], object]]) -> None:
    token = read_only.set(False)
    try:
        for function in waiting:
            function()
        db.session.commit()
    finally:
        read_only.reset(token)


def _finish(write: Callable[[], None], response: Response) -> Response:
    """Write; where somebody else was faster or is not done yet, the person gets the page that says so, no success."""
    try:
        write()
    except (StaleDataError, DataError, IntegrityError, OperationalError) as error:
        db.session.rollback()
        return current_app.make_response(current_app.handle_user_exception(error))
    return response


def _choose_transaction() -> None:
    read_only.set(request.method in {"GET", "HEAD", "OPTIONS"})


def _forget_transaction(_error: BaseException | None) -> None:
    read_only.set(False)


def init_app(app: Flask) -> None:
    app.before_request(_choose_transaction)
    app.after_request(_end_transaction)
    app.teardown_request(_forget_transaction)
