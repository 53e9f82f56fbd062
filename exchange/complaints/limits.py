"""How many days the school gives itself for a complaint of each kind."""

from datetime import date, timedelta
from pathlib import Path

from exchange.complaints.values import ComplaintKind
from exchange.core.dated_values import DatedValues

LIMITS = DatedValues(Path(__file__).parent / "limits.json")


def due_on(kind: ComplaintKind, day: date) -> date:
    """The day by which something that is said on this day must be settled."""
    return day + timedelta(days=LIMITS.table("days_to_settle", on=day)[kind.value])
