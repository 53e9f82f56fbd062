"""Rules that alert somebody instead of standing in the way: what must be true, and the function that watches it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from exchange.core.rules import Message, Regulation, Severity

Watch = TypeVar("Watch", bound=Callable[..., Any])

SCHOOL = Regulation("学校", Message("学校约定", "The school’s own arrangement"), date(2018, 9, 1), is_law=False)


@dataclass(frozen=True)
class Trigger:
    """One rule as a function. Nothing is refused for it, so it weighs as a hint."""

    code: str
    step: str
    article: str
    regulation: Regulation
    statement: Message
    limits: tuple[str, ...]
    check: Callable[..., Any]
    severity = Severity.INFO

    @property
    def source(self) -> Message:
        """The law and the article, as people quote them."""
        return self.regulation.quoted(self.article)


@dataclass(frozen=True)
class TriggerBook:
    """The triggers of one matter, in the order in which they were entered."""

    step: str
    regulation: Regulation
    own: list[Trigger]

    def trigger(
        self, code: str, article: str, zh: str, en: str, *, limits: tuple[str, ...]
    ) -> Callable[[Watch], Watch]:
        """Enter the decorated function into the book; it stays an ordinary function."""

        def register(check: Watch) -> Watch:
            self.own.append(Trigger(code, self.step, article, self.regulation, Message(zh, en), limits, check))
            return check

        return register
