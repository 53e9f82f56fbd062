"""What the law asks of a placement: one function per article, one book per step. ``START.findings(facts)`` asks."""

from typing import Any

from exchange.placements.facts import Facts
from exchange.placements.rules import (  # noqa: F401  (each enters its rules into its book)
    dues,
    ending,
    filings,
    headcount,
    pay,
    place,
    plan,
    post,
    protection,
    shifts,
    signatures,
    unit,
)
from exchange.placements.rules.books import ARCHIVE, BOOKS, DAILY, END, PAY, PLACE, PLAN, START, UNIT

__all__ = [
    "ARCHIVE",
    "BOOKS",
    "DAILY",
    "END",
    "PAY",
    "PLACE",
    "PLAN",
    "START",
    "UNIT",
    "check_document",
]


def check_document(facts: Facts) -> list[dict[str, Any]]:
    """The findings at the step that the facts name, as other programs read them."""
    return [finding.as_document() for finding in BOOKS[facts.step].findings(facts)]
