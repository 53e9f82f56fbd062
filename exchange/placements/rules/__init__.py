"""What the law asks of a placement: one function per article, one book per step. ``START.findings(facts)`` asks."""

from typing import Any

from exchange.placements.facts import Facts
from exchange.placements.rules import place, start, unit  # noqa: F401  (each enters its rules into its book)
from exchange.placements.rules.books import ARCHIVE, BOOKS, DAILY, END, PAY, PLACE, PLAN, START, UNIT
from exchange.placements.rules.limits import versions

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
    "rule_rows",
]


def check_document(facts: Facts) -> list[dict[str, Any]]:
    """The findings at the step that the facts name, as other programs read them."""
    return [finding.as_document() for finding in BOOKS[facts.step].findings(facts)]


def rule_rows() -> list[dict[str, Any]]:
    """Every rule in force as a row of the reference page, in the order of the numbers."""
    rules = sorted(ARCHIVE.rules, key=lambda rule: rule.order[1:])
    return [
        {
            "code": rule.code,
            "article": rule.article,
            "regulation": rule.regulation.version,
            "in_force_from": rule.regulation.in_force_from,
            "in_force_until": rule.regulation.in_force_until,
            "severity": rule.severity.value,
            "step": rule.step,
            "statement": rule.statement.zh,
            "statement_en": rule.statement.en,
            "limits": {name: versions(name) for name in rule.limits},
        }
        for rule in rules
    ]
