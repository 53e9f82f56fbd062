"""What a feature above demands before an order of some kind may stand, such as the audit of who may graduate."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

from exchange.core.rules import Finding
from exchange.orders.kinds import OrderKind
from exchange.students.models import Student

Source = Callable[[Collection[Student], date], Mapping[int, list[Finding[Any]]]]
"""(students, the day of the order) → student → what is still missing; who lacks nothing may be left out."""


class Audit(NamedTuple):
    """Who is asked, and the page of one student (taking ``student_id``) that shows all of it and leads on."""

    ask: Source
    page: str


AUDITS: dict[OrderKind, Audit] = {}


def audits(kind: OrderKind, *, page: str) -> Callable[[Source], Source]:
    """Register ``source(students, day)``: no order of this kind is confirmed past what it demands."""

    def register(source: Source) -> Source:
        AUDITS[kind] = Audit(source, page)
        return source

    return register


def demanded(kind: OrderKind, students: Collection[Student], day: date) -> dict[int, list[Finding[Any]]]:
    """Student → what the audit of this kind of order still demands; who lacks nothing is not in it."""
    audit = AUDITS.get(kind)
    found = audit.ask(students, day) if audit and students else {}
    return {student_id: findings for student_id, findings in found.items() if findings}


def page_of(kind: OrderKind) -> str | None:
    """The endpoint of the page where the demands of this kind are looked at."""
    audit = AUDITS.get(kind)
    return audit.page if audit else None
