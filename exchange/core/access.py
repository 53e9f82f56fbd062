"""How a view says who may enter. Who may do what stands in accounts/roles.py."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from flask import Flask, abort, g, jsonify, redirect, request, url_for
from flask_login import LoginManager, current_user

from exchange.core.errors import wants_json

View = Callable[..., Any]

login_manager = LoginManager()
PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View) -> View:
    """Mark a view that needs no sign-in."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Let in everyone who has signed in."""
    return _guarded(view, access=SIGNED_IN, may=lambda: True)


def requires(*permissions: StrEnum) -> Callable[[View], View]:
    """Let in only users one of whose roles grants one of the permissions."""

    def decorate(view: View) -> View:
        access = " | ".join(permissions)
        return _guarded(view, access=access, may=lambda: any(current_user.may(each) for each in permissions))

    return decorate


def _guarded(view: View, *, access: str, may: Callable[[], bool]) -> View:
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return _ask_to_sign_in()
        if not may():
            abort(403)
        return view(*args, **kwargs)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


def _ask_to_sign_in() -> Any:
    """A page leads to the sign-in and back; a script is told so in JSON and keeps what was typed."""
    g.asked_to_sign_in = True
    if wants_json():
        return jsonify(message="signed out"), 401
    if request.method not in {"GET", "HEAD"}:  # the address of a button cannot be opened afterwards
        return redirect(url_for(str(login_manager.login_view)))
    return login_manager.unauthorized()


def authorize(allowed: bool) -> None:
    """Stop here unless the policy allows it."""
    if not allowed:
        abort(403)


def init_app(app: Flask) -> None:
    login_manager.login_view = "accounts.sign_in"
    login_manager.login_message = None
    login_manager.session_protection = "basic"
    login_manager.init_app(app)
