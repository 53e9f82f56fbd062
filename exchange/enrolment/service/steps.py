"""What the steps of an applicant share: who takes them, why, and for which day."""

from dataclasses import dataclass
from datetime import date

from exchange.accounts.models import User
from exchange.core.errors import DomainError


class ReasonMissing(DomainError):
    """This step needs a reason in writing."""


class TooEarly(DomainError):
    """The day for this step has not come."""


@dataclass(frozen=True)
class Step:
    """One step of one applicant."""

    by: User | None
    reason: str
    on: date
