"""A week as people say it, laid over some months: rest days and holidays of each year's calendar stay free."""

from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import NamedTuple

from exchange.placements.facts.document import Shift
from exchange.reference.calendar import DayKind, day_kind


class Hours(NamedTuple):
    """From when to when on a day, and the break in minutes; an end not later than the start is on the next day."""

    start: time
    end: time
    break_minutes: int


def days_between(first: date, last: date) -> list[date]:
    """Every day from ``first`` to ``last``, both included."""
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def laid_over(
    week: Mapping[int, Hours], first: date, last: date, *, worked: Collection[DayKind] = (DayKind.WORKDAY,)
) -> tuple[Shift, ...]:
    """The shifts of a weekly pattern, weekday (Monday is 0) → hours; only days of a kind that is ``worked`` get one.

    A Saturday or Sunday that the year's notice makes a workday (调休) is worked only where the pattern has that
    weekday: such a week would otherwise have six days, and no law asks a student to work on it.
    """
    planned = ((day, week.get(day.weekday())) for day in days_between(first, last) if day_kind(day) in worked)
    return tuple(Shift(day, *hours) for day, hours in planned if hours is not None)
