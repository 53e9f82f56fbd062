"""When a new student must stand in the national registry: an autumn and a spring batch, each with its last day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.reference.tables import several, table

KEY = re.compile(r"^(\d{4})-(autumn|spring)$", re.ASCII)


class Season(LabelledEnum):
    """Of a year the spring batch comes first."""

    SPRING = "spring", _("春季")
    AUTUMN = "autumn", _("秋季")


class _Deadline(NamedTuple):
    from_year: int
    month: int
    day: int
    warn: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Everybody who entered after the last day of the batch before and up to the last day of this one."""

    year: int
    season: Season

    @property
    def key(self) -> str:
        """``2026-autumn``, for tables and addresses."""
        return f"{self.year}-{self.season.value}"

    @property
    def label(self) -> str:
        """2026年秋季, within a sentence."""
        return str(_("%(year)s年%(season)s", year=self.year, season=self.season.label))

    @property
    def title(self) -> str:
        """2026年秋季批次, alone."""
        return str(_("%(year)s年%(season)s批次", year=self.year, season=self.season.label))

    @property
    def due(self) -> date:
        """The last day on which its students may be registered."""
        deadline = self._deadline
        return date(self.year, deadline.month, deadline.day)

    def days_left(self, today: date) -> int:
        """0 on the last day, negative after it."""
        return (self.due - today).days

    def warning(self, today: date) -> int | None:
        """Which warning stands: 30, 14, 7 or 1 days before; 0 after the last day; none while there is time."""
        left = self.days_left(today)
        if left < 0:
            return 0
        return min((days for days in self._deadline.warn if left <= days), default=None)

    @property
    def _deadline(self) -> _Deadline:
        holding = [each for each in _deadlines()[self.season] if each.from_year <= self.year]
        return holding[-1] if holding else _deadlines()[self.season][0]


def registration_batch(entered_on: date) -> Batch:
    """The batch of an entry date: who enters after 20 November belongs to the spring batch of the next year."""
    coming = [Batch(entered_on.year + years, season) for years in (0, 1) for season in Season]
    return next(batch for batch in sorted(coming, key=lambda each: each.due) if entered_on <= batch.due)


def batch_with(key: str) -> Batch | None:
    """The batch behind ``2026-autumn``; none where the text is no such key."""
    found = KEY.match(key)
    return Batch(int(found[1]), Season(found[2])) if found else None


@cache
def _deadlines() -> dict[Season, list[_Deadline]]:
    found: dict[Season, list[_Deadline]] = {season: [] for season in Season}
    for row in table("registration"):
        warn = tuple(int(days) for days in several(row["warn"]))
        found[Season(row["season"])].append(_Deadline(int(row["from_year"]), int(row["month"]), int(row["day"]), warn))
    return {season: sorted(rows) for season, rows in found.items()}
