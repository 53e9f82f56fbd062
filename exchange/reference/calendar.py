"""The work calendar of China: statutory holidays, other days off and working weekends (调休) of each year.

A year is known once its notice of the State Council is: those of the past come with the package or its library, a new
one is taken in with ``flask reference calendar update`` and kept as a file in the folder of the installation. Until
then a year has its statutory days and plain weekends only, and ``unannounced_years`` says so.
"""

import time
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

NOT_STATUTORY = ("休息日", "补假")  # how the library names exchanged days and substitutes for a holiday on a weekend
LOOKS = 5.0  # seconds after which the folder is looked at again: other processes take notices in, too


class DayKind(StrEnum):
    """What a day is for work: HOLIDAY are the statutory days, REST_DAY all other days off."""

    WORKDAY = "workday"
    REST_DAY = "rest_day"
    HOLIDAY = "holiday"


class Year(NamedTuple):
    """What makes the days of a year differ from plain weeks; ``is_announced`` once its notice is known."""

    holidays: dict[date, str]
    rest_days: dict[date, str]
    working_weekends: frozenset[date]
    is_announced: bool


class _Folder:
    """Where an installation keeps the notices that came after the package; the application says where."""

    path: Path | None = None
    looked_at = 0.0
    state: tuple[tuple[str, int], ...] = ()


def keep_notices_in(folder: Path) -> None:
    """Read the years that ``flask reference calendar update`` has kept there before those of the package."""
    _Folder.path, _Folder.looked_at = folder, 0.0


def notice_of(year: int) -> Path:
    """The file of the notice of this year, if there is one. Raises ``RuntimeError`` before a folder is named."""
    if _Folder.path is None:
        raise RuntimeError("no folder was named for notices")
    return _Folder.path / f"{year}.csv"


def look_again() -> None:
    """Read a notice that was just kept without waiting."""
    _Folder.looked_at = 0.0


def day_kind(day: date) -> DayKind:
    """WORKDAY, REST_DAY or HOLIDAY; a year whose notice is not out yet has statutory days and plain weekends only."""
    year = calendar_of(day.year)
    if day in year.holidays:
        return DayKind.HOLIDAY
    if day in year.rest_days or (day.weekday() >= 5 and day not in year.working_weekends):
        return DayKind.REST_DAY
    return DayKind.WORKDAY


def day_name(day: date) -> str:
    """``国庆节`` for a statutory day, why it is off for an exchanged one, else empty."""
    year = calendar_of(day.year)
    return year.holidays.get(day) or year.rest_days.get(day, "")


def workdays_between(first: date, last: date) -> int:
    """The number of workdays from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return sum(day_kind(day) is DayKind.WORKDAY for day in days)


def unannounced_years(first: date, last: date) -> list[int]:
    """The years from ``first`` to ``last`` whose notice is not known here: exchanged days may still come."""
    return [year for year in range(first.year, last.year + 1) if not calendar_of(year).is_announced]


def calendar_of(year: int) -> Year:
    """The days of a year that differ from plain weeks."""
    return _year(year, _state())


def _state() -> tuple[tuple[str, int], ...]:
    """Name and time of each notice in the folder, so that a new one is read by every process."""
    if _Folder.path is not None and time.monotonic() - _Folder.looked_at > LOOKS:
        _Folder.state = tuple(sorted((each.name, each.stat().st_mtime_ns) for each in _Folder.path.glob("*.csv")))
        _Folder.looked_at = time.monotonic()
    return _Folder.state


@lru_cache(64)
def _year(year: int, _kept: tuple[tuple[str, int], ...]) -> Year:
    from exchange.reference.notices import read_notice

    if _Folder.path is not None and notice_of(year).is_file():
        return read_notice(notice_of(year)).calendar
    return _of_library(year)


def _of_library(year: int) -> Year:
    import holidays  # slow to import, and most requests never ask for a calendar

    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    off = {day: name for day, name in known.items() if day.year == year}
    rest = {day: name for day, name in off.items() if any(word in name for word in NOT_STATUTORY)}
    statutory = {day: name for day, name in off.items() if day not in rest}
    working = frozenset(day for day in known.weekend_workdays if day.year == year)
    return Year(statutory, rest, working, is_announced=bool(working))
