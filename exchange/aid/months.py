"""For which months aid is given: a term or a whole school year, and the days that belong to it."""

from datetime import date
from typing import NamedTuple

from exchange.core.i18n import _

AUTUMN, SPRING = 1, 2


class Months(NamedTuple):
    """Term 1 runs from September, term 2 from February; without a term it is the year to the end of August."""

    school_year: int
    term: int | None = None

    @property
    def first_day(self) -> date:
        return date(self.school_year + 1, 2, 1) if self.term == SPRING else date(self.school_year, 9, 1)

    @property
    def last_day(self) -> date:
        return date(self.school_year + 1, 1, 31) if self.term == AUTUMN else date(self.school_year + 1, 8, 31)

    @property
    def label(self) -> str:
        """2026–2027学年第一学期."""
        years = {"first": self.school_year, "second": self.school_year + 1}
        if self.term is None:
            return _("%(first)s–%(second)s学年", **years)
        if self.term == AUTUMN:
            return _("%(first)s–%(second)s学年第一学期", **years)
        return _("%(first)s–%(second)s学年第二学期", **years)

    @property
    def key(self) -> str:
        """How it stands in an address: 2026-1, 2026."""
        return f"{self.school_year}-{self.term}" if self.term else str(self.school_year)

    @property
    def year(self) -> "Months":
        return Months(self.school_year)

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    def overlaps(self, other: "Months") -> bool:
        """A year overlaps each of its terms."""
        return self.school_year == other.school_year and (not self.term or not other.term or self.term == other.term)

    def overlaps_days(self, first: date, last: date) -> bool:
        return self.first_day <= last and first <= self.last_day

    def day_within(self, day: date) -> date:
        """The day itself, or the nearest one of these months."""
        return min(max(day, self.first_day), self.last_day)


def term_of(day: date) -> Months:
    """The term of a day: from September to January the first, from February to August the second."""
    if day.month >= 9:
        return Months(day.year, AUTUMN)
    return Months(day.year - 1, AUTUMN if day.month == 1 else SPRING)


def read_months(text: str) -> Months | None:
    """``2026-1`` as it stands in an address; None for anything else."""
    year, _dash, term = text.partition("-")
    if not (year.isascii() and year.isdecimal() and len(year) == 4 and term in {"", "1", "2"}):
        return None
    return Months(int(year), int(term) if term else None) if 1999 < int(year) < 2200 else None
