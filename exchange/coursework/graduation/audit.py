"""The graduation audit: per student every rule with what it found and on which evidence, never just "no"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from exchange.core.rules import Finding, Message, Severity
from exchange.coursework.grading import plain
from exchange.coursework.graduation.facts import Facts
from exchange.coursework.graduation.records import facts_of
from exchange.coursework.graduation.rules import GRADUATION, last_day_to_register
from exchange.students.models import Student


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
    def evidence(self) -> tuple[Message, ...]:
        """The figures on which the verdict rests."""
        facts = self.facts
        terms, courses, over = len(facts.conduct), len(facts.courses), sum(each.is_over for each in facts.internships)
        passed = sum(each.passed is True for each in facts.conduct)
        done = sum(course.passed for course in facts.courses)
        deadline = last_day_to_register(facts)
        return (
            Message(f"操行合格 {passed} / {terms} 学期", f"Conduct passed in {passed} of {terms} terms"),
            Message(f"课程合格 {done} / {courses} 门", f"{done} of {courses} courses passed"),
            Message(f"已得学分 {plain(facts.earned)}", f"{plain(facts.earned)} credits earned"),
            Message(f"岗位实习已结束 {over} 次", f"{over} post internships ended"),
            Message(f"毕业登记最晚 {deadline}", f"Graduation is to be registered by {deadline}"),
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
