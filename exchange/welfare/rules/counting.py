"""From what was noted to what the rules count: class hours of a day, and days away in a row. Pure functions."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from exchange.reference.calendar import DayKind, day_kind

DAY = timedelta(days=1)


class Missed(NamedTuple):
    """What one source knows of one student's day: class hours missed, and whether the student was away altogether."""

    student_id: int
    day: date
    hours: int
    is_away: bool = False


class Run(NamedTuple):
    """Days away in a row, first and last included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def is_school_day(day: date) -> bool:
    """Whether classes are held; working weekends count, holidays do not."""
    return day_kind(day) is DayKind.WORKDAY


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day, first and last included."""
    return (first + DAY * number for number in range((last - first).days + 1))


def spread(hours: int, first: date, last: date) -> dict[date, int]:
    """The hours of an absence by day: evenly over its school days, the rest on the first ones; the sum stays."""
    days = [day for day in days_between(first, last) if is_school_day(day)] or [first]
    each, rest = divmod(hours, len(days))
    return {day: each + (number < rest) for number, day in enumerate(days)}


def runs(days: Iterable[date]) -> list[Run]:
    """Days away in a row; a weekend or holiday between two of them does not break the row."""
    found: list[Run] = []
    for day in sorted(set(days)):
        if found and is_bridged(found[-1].last, day):
            found[-1] = Run(found[-1].first, day)
        else:
            found.append(Run(day, day))
    return found


def is_bridged(last: date, day: date) -> bool:
    """Whether no school day lies between the two."""
    return not any(is_school_day(each) for each in days_between(last + DAY, day - DAY))
