"""Kinds of family hardship from ``data/categories.csv``: when each may be given, and what the roster calls it."""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from exchange.core.i18n import current_language

DATA = Path(__file__).parent / "data"
NONE = "NONE"


@dataclass(frozen=True)
class Category:
    """One code of the table; ``until`` is the first day on which it is no longer given.

    ``roster`` are the words of the national sheet for it, the one that we write first.
    """

    code: str
    name: str
    english: str
    begins_on: date | None
    until: date | None
    roster: tuple[str, ...]

    @property
    def label(self) -> str:
        """In the reader's language."""
        return self.english if current_language() == "en" else self.name

    def is_given_on(self, day: date) -> bool:
        return (self.begins_on is None or self.begins_on <= day) and (self.until is None or day < self.until)


@cache
def categories() -> dict[str, Category]:
    """Code → category, in the order of the table."""
    return {row["code"]: _read(row) for row in rows_of("categories")}


def given_on(day: date) -> list[Category]:
    """What a status that begins on this day may be."""
    return [each for each in categories().values() if each.is_given_on(day)]


def meant_by(roster_value: str | None, day: date) -> list[Category]:
    """What a value of the national sheet may mean on this day: 监测对象 is one of three; empty says nothing."""
    return [each for each in given_on(day) if roster_value in each.roster]


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of one of our data files; lines that begin with ``#`` say where it comes from."""
    lines = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def _read(row: dict[str, str]) -> Category:
    return Category(
        code=row["code"],
        name=row["name"],
        english=row["english"],
        begins_on=day_or_none(row["valid_from"]),
        until=day_or_none(row["valid_until"]),
        roster=tuple(part for part in row["roster"].split("|") if part),
    )


def day_or_none(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None
