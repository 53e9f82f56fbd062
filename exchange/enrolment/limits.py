"""The school's own limits on intake and registration, from ``limits.json``, and days that follow from them."""

import json
from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

LIMITS = Path(__file__).with_name("limits.json")


def last_day_to_arrive(expected_on: date) -> date:
    """Until when somebody who was expected that day may still come without losing the place."""
    return expected_on + timedelta(days=_number("arrival_grace_days"))


def forgotten_before(day: date) -> date:
    """Who was turned down before this day is forgotten on ``day``."""
    return months_after(day, -_number("not_taken_kept_months"))


def term_registration_ends(starts_on: date) -> date:
    """The last day to register for the term."""
    return months_after(starts_on, _number("term_registration_months")) - timedelta(days=1)


def months_after(day: date, months: int) -> date:
    """The same day of another month; the last one where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _number(name: str) -> int:
    return int(_file()[name]["value"])


@cache
def _file() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(LIMITS.read_text(encoding="utf-8"))
    return document
