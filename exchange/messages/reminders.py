"""Reminders: features say who still has to do something; each is told at most every few days until it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from exchange.accounts.models import User
from exchange.core.database import now
from exchange.messages import queries, service

EVERY = timedelta(days=3) - timedelta(hours=1)  # the daily run comes a little earlier or later


@dataclass(frozen=True)
class Reminder:
    """What exactly one person still has to do. ``key`` is the same until it is done."""

    recipient: User
    key: str
    title: str
    body: str
    url: str


Source = Callable[[date], Iterable[Reminder]]
_sources: dict[str, Source] = {}


def reminds(name: str, source: Source) -> None:
    """Register a feature's ``source(day)``: whom to remind on that day, and of what."""
    _sources[name] = source


def remind(day: date) -> int:
    """Tell everybody who still has something to do and was not told lately; how many were told."""
    told = 0
    for reminder in (each for source in _sources.values() for each in source(day)):
        if not queries.told_since(reminder.recipient, reminder.key, now() - EVERY):
            service.send(
                reminder.recipient,
                key=reminder.key,
                title=reminder.title,
                body=reminder.body,
                url=reminder.url,
                by=None,
            )
            told += 1
    return told
