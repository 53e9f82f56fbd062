"""Ways through the pages: menu words, section tabs and record tabs that features add; addresses of the same page."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import urlencode

from flask import Flask, current_app, request
from werkzeug.datastructures import MultiDict

from exchange.core.database import today
from exchange.core.i18n import LANGUAGES, _, current_language

EARLIEST = 2000  # nothing here is older


class Visitor(Protocol):
    """Whoever looks at a page; asked only what the menu needs to know."""

    is_authenticated: bool

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True)
class Item:
    """One word that leads to a page; ``permission`` None stands for everyone who is signed in."""

    label: str
    endpoint: str
    permission: str | None
    icon: str = ""
    order: int = 0

    @property
    def is_current(self) -> bool:
        """Whether the open page belongs to the same feature, or to one whose tab stands in this section."""
        endpoints = [self.endpoint, *_sections.get(self.endpoint, {})]
        return request.blueprint in {endpoint.partition(".")[0] for endpoint in endpoints}

    @property
    def is_open(self) -> bool:
        """Whether exactly this page is open."""
        return request.endpoint == self.endpoint


_menu: dict[str, Item] = {}
_sections: dict[str, dict[str, Item]] = {}
_tabs: dict[str, dict[str, Item]] = {}


def add_menu(label: str, endpoint: str, permission: str | None, icon: str, order: int) -> None:
    """Offer a word of the side menu. Several features may offer the same word; each user gets the first allowed."""
    _menu[endpoint] = Item(label, endpoint, permission, icon, order)


def add_record_tab(record: str, label: str, endpoint: str, permission: str | None) -> None:
    """Add a tab to the pages of a kind of record; the endpoint takes ``<record>_id``."""
    _tabs.setdefault(record, {})[endpoint] = Item(label, endpoint, permission, order=len(_tabs.get(record, {})))


def add_section_tab(section: str, label: str, endpoint: str, permission: str | None, order: int) -> None:
    """Put a page beside the one that a menu word leads to, so that the menu stays short.

    ``section`` is the endpoint of the menu word, which gets the first tab itself.
    """
    _sections.setdefault(section, {})[endpoint] = Item(label, endpoint, permission, order=order)


def menu_for(user: Visitor) -> list[Item]:
    """The words this user sees, in order, each once."""
    words: dict[str, Item] = {}
    for item in sorted(_menu.values(), key=lambda item: item.order):
        if _is_allowed(item, user):
            words.setdefault(str(item.label), item)
    return list(words.values())


def section_tabs_for(user: Visitor) -> list[Item]:
    """The pages beside the open one that this user may open, where it is one of a section; else nothing."""
    tabs = next((tabs for tabs in _sections.values() if request.endpoint in tabs), {})
    return [item for item in sorted(tabs.values(), key=lambda item: item.order) if _is_allowed(item, user)]


def tabs_for(record: str, user: Visitor) -> list[Item]:
    """The tabs of a kind of record that this user may open, in the order of the features."""
    return [item for item in _tabs.get(record, {}).values() if _is_allowed(item, user)]


def may_open(endpoint: str, user: Visitor) -> bool:
    """Whether the menu leads this user to the page."""
    return endpoint in {item.endpoint for item in menu_for(user)}


def day_of(text: str) -> date | None:
    """A day that stands in an address as 2026-09-01; none where it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class AsOf:
    """The day of which a board is asked to tell, and why it was not the one that was typed."""

    day: date
    refusal: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the answer comes from history and nothing can be done on the page."""
        return self.day < today()


def as_of() -> AsOf:
    """The day in the address of the open page; today where none is asked for or none can be answered."""
    text = request.args.get("as_of", "").strip()
    day = day_of(text) if text else today()
    if day is None or day.year < EARLIEST:
        wrong = text[:20]
        return AsOf(today(), str(_("“%(text)s”不是能查的日期，写成 2026-09-01 这样。下面是今天的。", text=wrong)))
    if day > today():
        return AsOf(today(), str(_("%(day)s 还没有到。下面是今天的。", day=day)))
    return AsOf(day)


def same_page(**changes: object) -> str:
    """The address of the open page with some of its query changed; None takes a name out."""
    query = MultiDict(request.args)
    for name, value in changes.items():
        query.poplist(name)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{urlencode(list(query.items(multi=True)))}" if query else request.path


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(
        LANGUAGES=LANGUAGES,
        current_language=current_language,
        has_page=lambda endpoint: endpoint in current_app.view_functions,
        may_open=may_open,
        menu_for=menu_for,
        same_page=same_page,
        section_tabs_for=section_tabs_for,
        tabs_for=tabs_for,
    )


def _is_allowed(item: Item, user: Visitor) -> bool:
    if not user.is_authenticated or item.endpoint not in current_app.view_functions:
        return False
    return item.permission is None or user.may(item.permission)
