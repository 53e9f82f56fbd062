"""What stands between a draft and its confirmation, as the page shows it."""

from typing import NamedTuple

from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity
from exchange.core.templating import format_short_date
from exchange.orders import service
from exchange.orders.evidence import Answer
from exchange.orders.facts import Facts
from exchange.orders.kinds import KINDS
from exchange.orders.models import StatusOrder
from exchange.students.models import Student


class Row(NamedTuple):
    """One student of the draft: what the rules find, or why the order does not fit into the record."""

    student: Student
    findings: list[Finding[Facts]]
    misfit: str

    @property
    def is_hindered(self) -> bool:
        return bool(self.misfit) or any(finding.is_demanding for finding in self.findings)

    @property
    def is_warned(self) -> bool:
        return any(finding.rule.severity is Severity.WARN for finding in self.findings)


def rows(order: StatusOrder) -> list[Row]:
    """The students of the draft, those with something in the way first."""
    weighed = service.findings_of(order)
    found = []
    for member in order.members:
        result = weighed[member.student_id]
        misfit, findings = (result, []) if isinstance(result, str) else ("", result)
        found.append(Row(member.student, findings, misfit))
    return sorted(found, key=lambda row: (not row.is_hindered, not row.is_warned))


def answers(order: StatusOrder) -> list[tuple[str, str]]:
    """What the order states, question by question, in words."""
    evidence = order.evidence
    return [
        (question.label, _in_words(getattr(evidence, question.name), question.answer))
        for question in KINDS[order.kind].questions
    ]


def _in_words(value: object, answer: Answer) -> str:
    match answer:
        case Answer.DAY | Answer.COMING_DAY:
            return format_short_date(value)  # type: ignore[arg-type]
        case Answer.YES:
            return str(_("是") if value else _("否"))
        case Answer.CHOICE:
            return str(getattr(value, "label", ""))
    return "" if value is None else str(value)
