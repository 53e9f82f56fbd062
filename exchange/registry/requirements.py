"""What the national registry wants of each column, as the school has set it in two files beside this one."""

import csv
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from exchange.registry.values import Actor, Need, TakingOver

PLACE = files("exchange.registry")
NATIONAL_NUMBER = "全国学籍号"
"""How our pages call the 学籍号, which is no column of the import sheet but stands in what the registry gives back."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One column: when it is needed, who finds it out, and how the registry's value may come into our record."""

    heading: str
    need: Need
    who: Actor
    taking_over: TakingOver
    source: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Settings:
    """Numbers that no law gives."""

    youngest_at_entry: int
    oldest_at_entry: int
    national_number: re.Pattern[str]
    overdue_after_days: int
    asked_from_missing: int  # so many students not in a file, and so many percent of those who should be, ask first
    asked_from_missing_percent: int
    looking_back_days: int


@cache
def requirements() -> dict[str, Requirement]:
    """Heading → requirement, in the national order."""
    lines = (PLACE / "requirements.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {row["heading"]: _requirement(row) for row in rows}


@cache
def settings() -> Settings:
    """The settings of the school."""
    written = json.loads((PLACE / "settings.json").read_text(encoding="utf-8"))
    written.pop("_")
    return Settings(**{**written, "national_number": re.compile(written["national_number"])})


def who_mends(heading: str) -> Actor:
    """Who can find the value of this column out."""
    known = requirements().get(heading)
    return known.who if known else Actor.REGISTRAR


def taking_over(heading: str) -> TakingOver:
    """How the registry's value of this column may come into our record."""
    known = requirements().get(heading)
    return known.taking_over if known else TakingOver.PLAIN


def _requirement(row: dict[str, str]) -> Requirement:
    return Requirement(
        row["heading"],
        Need(row["need"]),
        Actor(row["who"]),
        TakingOver(row["taking_over"]),
        row["source"],
        row["confidence"],
    )
