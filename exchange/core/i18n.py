"""The one door to languages: ``from exchange.core.i18n import _``. Source strings are Chinese; ``en`` is translated."""

from flask import has_request_context, request, session
from flask_babel import Babel, get_locale
from flask_babel import lazy_gettext as _

__all__ = ["LANGUAGES", "_", "current_language", "init_app"]

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
DEFAULT = "zh_Hans_CN"
BY_SUBTAG = {"zh": "zh_Hans_CN", "en": "en"}


def current_language() -> str:
    """``zh_Hans_CN`` or ``en``."""
    return str(get_locale() or DEFAULT)


def _selected() -> str:
    if not has_request_context():
        return DEFAULT
    asked = request.args.get("lang", "")
    if asked in LANGUAGES:
        session["language"] = asked
    return session.get("language") or _preferred_by_browser()


def _preferred_by_browser() -> str:
    """Babel's own negotiation answers ``en`` to ``zh-CN,zh,en``; only the first subtag counts here."""
    for tag, _quality in request.accept_languages:
        subtag = tag.lower().replace("_", "-").split("-")[0]
        if subtag in BY_SUBTAG:
            return BY_SUBTAG[subtag]
    return DEFAULT


def init_app(app):
    app.config.setdefault("BABEL_DEFAULT_LOCALE", DEFAULT)
    app.config.setdefault("BABEL_DEFAULT_TIMEZONE", "Asia/Shanghai")
    Babel(app, locale_selector=_selected)
