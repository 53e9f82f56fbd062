"""The numbers of the school on selection, each from the day on which it holds."""

from datetime import date
from pathlib import Path

from exchange.core.dated_values import DatedValues

LIMITS = DatedValues(Path(__file__).parent / "limits.json")


def limit(name: str, on: date) -> int:
    """The number that holds on that day."""
    return LIMITS.number(name, on=on)
