"""Majors of the national catalogues; which catalogue counts depends on the year of enrolment."""

from dataclasses import dataclass
from functools import cache, lru_cache

from exchange.reference.tables import plain, several, table


@dataclass(frozen=True, slots=True)
class Major:
    """A major of one catalogue, with the years of enrolment for which it counts."""

    code: str
    name: str
    catalogue: str
    category: str
    synonyms: tuple[str, ...]
    valid_from: int
    valid_until: int | None

    def counts_in(self, year: int) -> bool:
        return self.valid_from <= year <= (self.valid_until or 9999)


@cache
def majors() -> tuple[Major, ...]:
    """The seed list; the school's own list may replace it."""
    return tuple(_read(row) for row in table("majors"))


@lru_cache(maxsize=1024)
def find_major(text: str, *, year: int | None = None) -> Major | None:
    """A major by code or name; of two with one name that of the year of enrolment, without a year the newest."""
    wanted = plain(text)
    found = [major for major in majors() if wanted in {major.code, *map(plain, (major.name, *major.synonyms))}]
    of_year = [major for major in found if year is not None and major.counts_in(year)]
    return next(iter(of_year or sorted(found, key=lambda major: major.valid_from, reverse=True)), None)


def majors_of(year: int) -> dict[str, Major]:
    """Code → major, of the catalogue that counts for those who enter in this year."""
    return {major.code: major for major in majors() if major.counts_in(year)}


def major_name(code: str) -> str:
    """``740104`` → ``高星级饭店运营与管理``; an unknown code is returned as it is."""
    return next((major.name for major in majors() if major.code == code), code)


def _read(row: dict[str, str]) -> Major:
    return Major(
        code=row["code"],
        name=row["name"],
        catalogue=row["catalogue"],
        category=row["category"],
        synonyms=several(row["synonyms"]),
        valid_from=int(row["valid_from"]),
        valid_until=int(row["valid_until"]) if row["valid_until"] else None,
    )
