"""Periods of months by the calendar, counted as 《民法典》第二百零二条 counts them.

A period ends on the day of the same number; where that month has no such day, on its last. An age is no such period:
whoever was born on 29 February is a year older on 1 March, see ``students.authority.birthday``.
"""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The last day of a period of so many months that runs from ``day``."""
    year, month = _month(day, months)
    return date(year, month, min(day.day, _length(year, month)))


def months_before(day: date, months: int) -> date:
    """The earliest day whose period of so many months has not ended before ``day``."""
    year, month = _month(day, -months)
    if day.day <= _length(year, month):
        return date(year, month, day.day)
    return date(*_month(day, 1 - months), 1)


def _month(day: date, months: int) -> tuple[int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return year, month + 1


def _length(year: int, month: int) -> int:
    return monthrange(year, month)[1]
