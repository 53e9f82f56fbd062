"""The words of the audit trail. Every feature registers its own."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.enums import LabelledEnum

LABELS: dict[str, str] = {}
Teller = Callable[[str, Mapping[str, Any]], str]
"""(action, changes) → what a line is about, in words and without a code; empty where there is nothing to add."""


class Words(NamedTuple):
    """Who tells what a line is about, and what a reader must be allowed."""

    tell: Teller
    permission: Permission


TELLERS: dict[str, Words] = {}


def register(events: type[LabelledEnum], *, words: Words | None = None) -> None:
    """Let the trail say these events in words, and what each was about to whoever may know it."""
    LABELS.update({event.value: event.label for event in events})
    if words:
        TELLERS.update(dict.fromkeys((event.value for event in events), words))


def told(action: str, changes: Mapping[str, Any], *, reader: User) -> str:
    """What a line of the history is about, as its feature tells it to this reader."""
    words = TELLERS.get(action)
    return words.tell(action, changes) if words and reader.may(words.permission) else ""
