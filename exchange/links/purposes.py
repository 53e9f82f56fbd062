"""What links can be for. A feature registers each purpose; a link can do nothing but its own."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from exchange.links.models import Link


class Purpose(Protocol):
    """One kind of question that somebody without an account can answer."""

    name: str
    template: str
    """Extends ``layouts/public.html``; gets ``link``, ``form`` and what ``page`` gives."""

    @property
    def renews_for(self) -> timedelta | None:
        """None: answered once. Else the link stays after an answer, which puts its end off to so long from then."""

    def asked(self, link: Link) -> Mapping[str, Any]:
        """Everything the answer relies on, as plain values. Raises ``DomainError`` when it can be asked no more."""

    def page(self, link: Link) -> Mapping[str, Any]:
        """What the page shows."""

    def form(self) -> Any:
        """The form of the answer."""

    def hold(self, link: Link) -> None:
        """Lock the records that the answer is about."""

    def answer(self, link: Link, values: Mapping[str, Any]) -> None:
        """Write the answer down; nobody is signed in. Raises ``DomainError``."""


PURPOSES: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Let links be made for this."""
    PURPOSES[purpose.name] = purpose
