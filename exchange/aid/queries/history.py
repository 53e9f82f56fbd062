"""The history of an award with the reasons that the trail keeps sealed, for the aid officer's page."""

from datetime import datetime
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.aid.models import Award
from exchange.audit.queries import timeline


class Line(NamedTuple):
    """One line as ``timeline`` of the templates shows it."""

    created_at: datetime
    label: str
    actor: User | None
    reason: str


def history_of(award: Award) -> list[Line]:
    """What happened to the award, the newest first."""
    return [
        Line(event.created_at, event.label, event.actor, str((event.changes or {}).get("note", "")))
        for event in timeline(award)
    ]
