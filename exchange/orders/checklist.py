"""What stands between a draft and its confirmation, as the page shows it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from flask import url_for

from exchange.accounts.models import User
from exchange.core.i18n import _
from exchange.core.rules import WEIGHT, Finding, Message, Rule, Severity
from exchange.core.templating import format_short_date
from exchange.orders import queries, service
from exchange.orders.audits import page_of
from exchange.orders.evidence import Answer
from exchange.orders.facts import Facts
from exchange.orders.forms import PREFIX
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import StatusOrder
from exchange.orders.obstacles import obstacles_to_promotion
from exchange.orders.rules import BOOKS
from exchange.students.models import Student
from exchange.students.policy import visible_to

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


class Page(NamedTuple):
    """Where something is looked at or mended; with a label where that has a name of its own."""

    url: str
    label: str = ""


class Obstacle(NamedTuple):
    """One sentence that stands in the way, and for whom; per student the page where it is looked at or mended."""

    rule: Rule[Facts]
    message: Message
    students: list[Student]
    pages: dict[int, Page]
    field: str | None  # of the form of the order, where the order itself can mend it

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def missing(self) -> str | None:
        """What makes of a prohibition something that can still be handed in."""
        return self.field


class OnLeave(NamedTuple):
    """A student of the class who cannot move up with it, because the leave of absence has not ended."""

    student: Student
    until: date | None


def obstacles(order: StatusOrder, found: Sequence[Row], *, reader: User) -> list[Obstacle]:
    """What the rules find, each sentence once however many it is about; the heaviest, then the widest first."""
    places = _places(order, reader)
    grouped: dict[tuple[str, Message], Obstacle] = {}
    for row in found:
        for finding in row.findings:
            page = places.get((row.student.id, finding.rule.code)) or _page(order, finding, row.student)
            for message in finding.verdict.messages or (finding.rule.message,):
                new = Obstacle(finding.rule, message, [], {}, _field(order, finding))
                entry = grouped.setdefault((finding.rule.code, message), new)
                entry.students.append(row.student)
                entry.pages[row.student.id] = page
    return sorted(grouped.values(), key=lambda each: (WEIGHT[each.severity], -len(each.students)))


def on_leave_beside(order: StatusOrder, *, reader: User) -> list[OnLeave]:
    """Who stays behind when a class moves up, with the last day of the leave; nothing for other orders."""
    if order.kind is not OrderKind.PROMOTION:
        return []
    classes = {member.student.school_class_id for member in order.members}
    ends = dict(queries.leave_ends())
    return [OnLeave(student, ends.get(student.id)) for student in queries.on_leave_in(visible_to(reader), classes)]


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


def _page(order: StatusOrder, finding: Finding[Facts], student: Student) -> Page:
    """Where the student's own trouble is looked at: on the page of the audit that has found it, else the record."""
    is_of_the_order = finding.rule.code in {rule.code for rule in BOOKS[order.kind].rules}
    page = "students.show" if is_of_the_order else page_of(order.kind) or "students.show"
    return Page(url_for(page, student_id=student.id))


def _places(order: StatusOrder, reader: User) -> Mapping[tuple[int, str], Page]:
    """Student and rule → where what speaks against moving up is mended, for whoever may go there."""
    if order.kind is not OrderKind.PROMOTION:
        return {}
    students = [member.student for member in order.members]
    return {
        (student_id, each.cause.value): Page(url_for(each.place.endpoint, **each.place.values), each.place.label)
        for student_id, obstacles in obstacles_to_promotion(students, order.effective_on).items()
        for each in obstacles
        if reader.may(each.place.permission)
    }


def _in_words(value: object, answer: Answer) -> str:
    match answer:
        case Answer.DAY | Answer.COMING_DAY:
            return format_short_date(value)  # type: ignore[arg-type]
        case Answer.YES:
            return str(_("是") if value else _("否"))
        case Answer.CHOICE:
            return str(getattr(value, "label", ""))
    return "" if value is None else str(value)
