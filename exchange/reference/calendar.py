"""The work calendar of China: statutory holidays, other days off and working weekends (调休) of each year."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import NamedTuple

NOT_STATUTORY = ("休息日", "补假")  # how the library names exchanged days and substitutes for a holiday on a weekend


class DayKind(StrEnum):
    """What a day is for work: HOLIDAY are the statutory days, REST_DAY all other days off."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"


class _Year(NamedTuple):
    holidays: dict[date, str]
    rest_days: dict[date, str]
    working_weekends: frozenset[date]


def day_kind(day: date) -> DayKind:
    """WORKDAY, REST_DAY or HOLIDAY; a year whose notice is not out yet has statutory days and plain weekends only."""
    year = _year(day.year)
    if day in year.holidays:
        return DayKind.HOLIDAY
    if day in year.rest_days or (day.weekday() >= 5 and day not in year.working_weekends):
        return DayKind.REST_DAY
    return DayKind.WORKDAY


def day_name(day: date) -> str:
    """``国庆节`` for a statutory day, why it is off for an exchanged one, else empty."""
    year = _year(day.year)
    return year.holidays.get(day) or year.rest_days.get(day, "")


def workdays_between(first: date, last: date) -> int:
    """The number of workdays from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day_kind(day) is DayKind.WORKDAY for day in days)


def unannounced_years(first: date, last: date) -> list[int]:
    """The years from ``first`` to ``last`` whose notice is not known here: exchanged days may still come."""
    return [year for year in range(first.year, last.year + 1) if not _year(year).working_weekends]


@cache
def _year(year: int) -> _Year:
    import holidays  # slow to import, and most requests never ask for a calendar

    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    off = {day: name for day, name in known.items() if day.year == year}
    rest = {day: name for day, name in off.items() if any(word in name for word in NOT_STATUTORY)}
    statutory = {day: name for day, name in off.items() if day not in rest}
    return _Year(statutory, rest, frozenset(day for day in known.weekend_workdays if day.year == year))
