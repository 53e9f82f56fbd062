"""What stands between a draft and its confirmation, as the page shows it."""

from datetime import date
from typing import NamedTuple

from flask import url_for

from exchange.accounts.models import User
from exchange.core.i18n import _
from exchange.core.rules import DEMANDING, Message, Rule, Severity
from exchange.core.templating import format_short_date
from exchange.orders import queries, service
from exchange.orders.evidence import Answer
from exchange.orders.facts import Facts
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import StatusOrder
from exchange.orders.obstacles import obstacles_to_promotion
from exchange.students.models import Student
from exchange.students.policy import visible_to


class Action(NamedTuple):
    """Where to go to mend it."""

    label: str
    url: str


class Shown(NamedTuple):
    """A finding with the way to where it is mended, for whoever may go there."""

    rule: Rule[Facts]
    message: Message
    missing: tuple[str, ...]
    action: Action | None


class Row(NamedTuple):
    """One student of the draft: what the rules find, or why the order does not fit into the record."""

    student: Student
    findings: list[Shown]
    misfit: str

    @property
    def is_hindered(self) -> bool:
        return bool(self.misfit) or any(shown.rule.severity in DEMANDING for shown in self.findings)

    @property
    def is_warned(self) -> bool:
        return any(shown.rule.severity is Severity.WARN for shown in self.findings)


class OnLeave(NamedTuple):
    """A student of the class who cannot move up with it, because the leave of absence has not ended."""

    student: Student
    until: date | None


def rows(order: StatusOrder, *, reader: User) -> list[Row]:
    """The students of the draft, those with something in the way first."""
    weighed = service.findings_of(order)
    actions = _actions(order, reader) if order.kind is OrderKind.PROMOTION else {}
    found = []
    for member in order.members:
        result = weighed[member.student_id]
        misfit, findings = (result, []) if isinstance(result, str) else ("", result)
        shown = [
            Shown(each.rule, each.message, each.missing, actions.get((member.student_id, each.rule.code)))
            for each in findings
        ]
        found.append(Row(member.student, shown, misfit))
    return sorted(found, key=lambda row: (not row.is_hindered, not row.is_warned))


def on_leave_beside(order: StatusOrder, *, reader: User) -> list[OnLeave]:
    """Who stays behind when a class moves up, with the last day of the leave; nothing for other orders."""
    if order.kind is not OrderKind.PROMOTION:
        return []
    classes = {member.student.school_class_id for member in order.members}
    ends = dict(queries.leave_ends())
    return [OnLeave(student, ends.get(student.id)) for student in queries.on_leave_in(visible_to(reader), classes)]


def _actions(order: StatusOrder, reader: User) -> dict[tuple[int, str], Action]:
    students = [member.student for member in order.members]
    return {
        (student_id, each.cause.value): Action(each.place.label, url_for(each.place.endpoint, **each.place.values))
        for student_id, obstacles in obstacles_to_promotion(students, order.effective_on).items()
        for each in obstacles
        if reader.may(each.place.permission)
    }


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
