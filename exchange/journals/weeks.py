"""The calendar weeks of an internship: which there are, and for which a log is due."""

from datetime import date, timedelta
from typing import NamedTuple, Protocol

from exchange.journals.limits import limit

SUNDAY = timedelta(days=6)
SATURDAY = 5  # as weekday() counts


class Lasting(Protocol):
    """Whatever has a first and a last day."""

    starts_on: date
    ends_on: date


class Week(NamedTuple):
    """The days of one calendar week that belong to the internship, first and last included."""

    monday: date
    first: date
    last: date

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range((self.last - self.first).days + 1)]

    def is_due(self, on: date) -> bool:
        """Whether the log is late when it is not there on this day."""
        return self.last + timedelta(days=limit("days_a_log_may_wait", self.last)) < on


def monday_of(day: date) -> date:
    """The first day of the calendar week."""
    return day - timedelta(days=day.weekday())


def weeks_of(placement: Lasting) -> list[Week]:
    """Every week with a log of its own; a week of which only the weekend belongs to the internship has none."""
    weeks, monday = [], monday_of(placement.starts_on)
    while monday <= placement.ends_on:
        week = Week(monday, max(monday, placement.starts_on), min(monday + SUNDAY, placement.ends_on))
        if week.first.weekday() < SATURDAY:
            weeks.append(week)
        monday += timedelta(days=7)
    return weeks


def expected(placement: Lasting, on: date) -> list[Week]:
    """The weeks whose log must be there on this day: all from the last day on, before it those that are due."""
    weeks = weeks_of(placement)
    return weeks if placement.ends_on <= on else [week for week in weeks if week.is_due(on)]


def begun(placement: Lasting, on: date) -> list[Week]:
    """The weeks that may be written on this day, the newest first."""
    return [week for week in reversed(weeks_of(placement)) if week.first <= on]
