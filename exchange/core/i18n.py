"""The one door to languages: ``from exchange.core.i18n import _``. Source strings are Chinese; ``en`` is translated."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from gettext import NullTranslations
from typing import Any, cast

from flask import g, has_request_context, request, session
from flask_babel import Babel, force_locale, get_domain, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

__all__ = ["DEFAULT", "LANGUAGES", "_", "current_language", "init_app", "listed", "said_in", "speaking"]

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
DEFAULT = "zh_Hans_CN"
BY_SUBTAG = {"zh": "zh_Hans_CN", "en": "en"}


class Text(LazyString):
    """A sentence that is translated when it is shown. A list shows hundreds, so each is translated once when it is."""

    def __getattr__(self, name: str) -> object:
        if not hasattr(str, name):  # templates ask values for all sorts of attributes
            raise AttributeError(name)
        return getattr(str(self), name)

    @property
    def source(self) -> str:
        """The sentence as it stands in the code, whatever the reader's language: what an answer is about."""
        return str(cast(Any, self)._args[0])

    def __html__(self) -> Markup:
        return escape(str(self))


def _(source: str, **values: object) -> Any:
    """The sentence in the language of whoever reads it; ``values`` fill its ``%(name)s``."""
    return Text(_translated, source, **values)


def _translated(source: str, **values: object) -> str:
    text = _catalogue().gettext(source)
    return text % values if values else text


def _catalogue() -> NullTranslations:
    """Looked up once for each language of a request: Flask-Babel's own way takes a third of the time of a page."""
    if not g:
        return NullTranslations()
    locale = get_locale()
    known, catalogue = g.get("catalogue", (None, None))
    if catalogue is None or known is not locale:
        catalogue = get_domain().get_translations()
        g.catalogue = (locale, catalogue)
    return catalogue


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """All that is said meanwhile is in this language of ``LANGUAGES``, whoever reads it."""
    with force_locale(language):
        yield


def said_in(language: str, sentence: object) -> str:
    """A translatable sentence in a language of ``LANGUAGES``, whoever reads it."""
    with speaking(language):
        return str(sentence)


def listed(items: Iterable[object]) -> str:
    """甲、乙 · A, B."""
    return str(_("、")).join(map(str, items))


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
