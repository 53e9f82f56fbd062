"""What stands between a draft and its confirmation, as the page shows it."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import url_for

from exchange.core.i18n import _
from exchange.core.rules import WEIGHT, Finding, Message, Rule, Severity
from exchange.core.templating import format_short_date
from exchange.orders import service
from exchange.orders.audits import page_of
from exchange.orders.evidence import Answer
from exchange.orders.facts import Facts
from exchange.orders.forms import PREFIX
from exchange.orders.kinds import KINDS
from exchange.orders.models import StatusOrder
from exchange.orders.rules import BOOKS
from exchange.students.models import Student

FIELDS = {"to_class_id": "to_class_name"}


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


class Obstacle(NamedTuple):
    """One sentence that stands in the way, and for whom; ``page`` shows what it is about, for one of them."""

    rule: Rule[Facts]
    message: Message
    students: list[Student]
    field: str | None  # of the form of the order, where the order itself can mend it
    page: str

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def missing(self) -> str | None:
        """What makes of a prohibition something that can still be handed in."""
        return self.field


def obstacles(order: StatusOrder, found: Sequence[Row]) -> list[Obstacle]:
    """What the rules find, each sentence once however many it is about; the heaviest, then the widest first."""
    grouped: dict[tuple[str, Message], Obstacle] = {}
    for row in found:
        for finding in row.findings:
            for message in finding.verdict.messages or (finding.rule.message,):
                new = Obstacle(finding.rule, message, [], _field(order, finding), _page(order, finding))
                grouped.setdefault((finding.rule.code, message), new).students.append(row.student)
    return sorted(grouped.values(), key=lambda each: (WEIGHT[each.severity], -len(each.students)))


def held_back(order: StatusOrder, found: Sequence[Row]) -> list[Student]:
    """Those in whose way stands what no field of this order mends."""
    return [row.student for row in found if row.misfit or any(_is_own(order, each) for each in row.findings)]


def instead(order: StatusOrder, students: Sequence[Student]) -> tuple[str, str] | None:
    """What is offered to those who are left out, as label and address: who may not graduate may complete."""
    kind = KINDS[order.kind].instead
    if kind is None or not students:
        return None
    ids = [student.id for student in students]
    label = _("给这 %(count)s 人起草%(kind)s单", count=len(ids), kind=kind.label)
    return label, url_for("orders.create", kind=kind.value, student=ids)


def answers(order: StatusOrder) -> list[tuple[str, str]]:
    """What the order states, question by question, in words."""
    evidence = order.evidence
    return [
        (question.label, _in_words(getattr(evidence, question.name), question.answer))
        for question in KINDS[order.kind].questions
    ]


def _is_own(order: StatusOrder, finding: Finding[Facts]) -> bool:
    return finding.is_demanding and _field(order, finding) is None


def _field(order: StatusOrder, finding: Finding[Facts]) -> str | None:
    """The field whose answer is missing or wrong, by its name in the form."""
    asked = {question.name: PREFIX + question.name for question in KINDS[order.kind].questions} | FIELDS
    return next((asked[name] for name in finding.missing if name in asked), None)


def _page(order: StatusOrder, finding: Finding[Facts]) -> str:
    """Where the student's own trouble is looked at: on the page of the audit that has found it, else the record."""
    is_of_the_order = finding.rule.code in {rule.code for rule in BOOKS[order.kind].rules}
    return "students.show" if is_of_the_order else page_of(order.kind) or "students.show"


def _in_words(value: object, answer: Answer) -> str:
    match answer:
        case Answer.DAY | Answer.COMING_DAY:
            return format_short_date(value)  # type: ignore[arg-type]
        case Answer.YES:
            return str(_("是") if value else _("否"))
        case Answer.CHOICE:
            return str(getattr(value, "label", ""))
    return "" if value is None else str(value)
