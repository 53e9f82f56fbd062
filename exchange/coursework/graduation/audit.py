"""The graduation audit: per student every rule with what it found and on which evidence, never just "no"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from exchange.core.rules import Finding, Message, Rule, Severity
from exchange.coursework.graduation.evidence import evidence_of
from exchange.coursework.graduation.facts import Facts
from exchange.coursework.graduation.records import facts_of
from exchange.coursework.graduation.rules import GRADUATION
from exchange.students.models import Student

TO_MEET = frozenset({"GR-01", "GR-03"})
"""What every student has to meet; the other rules concern some."""


@dataclass(frozen=True)
class Line:
    """One rule: what is found, and the records behind it."""

    rule: Rule[Facts]
    finding: Finding[Facts] | None
    evidence: tuple[Message, ...]
    is_on_roll: bool

    @property
    def is_met(self) -> bool:
        """Whether the student has met what the rule asks of everybody."""
        return self.finding is None and self.is_on_roll and self.rule.code in TO_MEET


@dataclass(frozen=True)
class Audit:
    """What the rules say of one student on a day."""

    student: Student
    facts: Facts
    findings: tuple[Finding[Facts], ...]

    @property
    def eligible(self) -> bool:
        """On the roll, and nothing is missing."""
        return self.facts.is_on_roll and not any(each.is_demanding for each in self.findings)

    @property
    def missing(self) -> tuple[Message, ...]:
        """Every single thing that is missing."""
        demanding = [finding for finding in self.findings if finding.is_demanding]
        return tuple(message for finding in demanding for message in finding.verdict.messages)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every rule by its number, whether it concerns the student or not."""
        found = {each.rule.code: each for each in self.findings}
        rules = sorted(GRADUATION.rules, key=lambda rule: rule.code)
        return tuple(
            Line(rule, found.get(rule.code), evidence_of(rule.code, self.facts), self.facts.is_on_roll)
            for rule in rules
        )

    def as_document(self) -> dict[str, Any]:
        """As other programs read it; each missing thing stands by itself."""
        return {
            "student_no": self.student.student_no,
            "eligible": self.eligible,
            "findings": [_document(finding) for finding in self.findings],
        }


def audit(students: Collection[Student], *, day: date) -> list[Audit]:
    """The audit of these students in their order."""
    facts = facts_of(students, day)
    return [Audit(each, facts[each.id], tuple(GRADUATION.findings(facts[each.id]))) for each in students]


def _document(finding: Finding[Facts]) -> dict[str, Any]:
    said = finding.verdict.messages
    items = [message.zh for message in said] if finding.rule.severity is Severity.GATE else list(finding.missing)
    return {
        "rule": finding.rule.code,
        "article": finding.rule.article,
        "severity": finding.rule.severity.value,
        "message": finding.message.zh,
        "message_en": finding.message.en,
        "missing": items,
    }
