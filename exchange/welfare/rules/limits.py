"""The numbers of law and school on early warning, each from the day on which it holds."""

from datetime import date
from pathlib import Path

from exchange.core.dated_values import DatedValues

LIMITS = DatedValues(Path(__file__).parents[1] / "limits.json")


def limit(name: str, on: date) -> int:
    """The number that holds on that day."""
    return LIMITS.number(name, on=on)


def steps(name: str, on: date) -> list[int]:
    """The rising numbers that hold on that day."""
    return sorted(int(value) for value in LIMITS.codes(name, on=on))
