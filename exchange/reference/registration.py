"""Until when a new student must be registered electronically: an autumn batch to November, a spring one to April."""

from datetime import date
from functools import cache
from typing import NamedTuple

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.reference.tables import table


class Season(LabelledEnum):
    """The two intakes of a year that the national register knows."""

    AUTUMN = "autumn", _("秋季")
    SPRING = "spring", _("春季")


class RegistrationBatch(NamedTuple):
    """With which intake somebody is registered, and the last day for it."""

    season: Season
    year: int
    due: date

    @property
    def label(self) -> str:
        """2027年春季."""
        return str(_("%(year)s年%(season)s", year=self.year, season=self.season.label))


def registration_batch(entry_date: date) -> RegistrationBatch:
    """The batch whose deadline comes next; the day itself is still in time.

    Who enters after 20 November is registered with the spring batch of the next year, due on 20 April.
    """
    years = (entry_date.year, entry_date.year + 1)
    batches = [RegistrationBatch(season, year, _due(season, year)) for year in years for season in Season]
    return min((batch for batch in batches if batch.due >= entry_date), key=lambda batch: batch.due)


def _due(season: Season, year: int) -> date:
    month, day = _deadlines()[season]
    return date(year, month, day)


@cache
def _deadlines() -> dict[str, tuple[int, int]]:
    parts = {row["season"]: row["due"].split("-") for row in table("registration")}
    return {season: (int(month), int(day)) for season, (month, day) in parts.items()}
