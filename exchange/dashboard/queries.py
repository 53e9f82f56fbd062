"""What waits for a person, gathered from the features."""

from dataclasses import dataclass

from exchange.accounts.models import User


@dataclass(frozen=True)
class Waiting:
    """One piece of work: what it is, how much of it, and where it is solved."""

    title: str
    detail: str
    url: str
    count: int = 1


def waiting_for(user: User) -> list[Waiting]:
    """The work queue of this person, most urgent first."""
    return []
