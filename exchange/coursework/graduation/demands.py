"""A graduation order stands only for those whom the audit lets pass."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from exchange.core.rules import Finding
from exchange.coursework.graduation.records import facts_of
from exchange.coursework.graduation.rules import GRADUATION
from exchange.orders.audits import audits
from exchange.orders.kinds import OrderKind
from exchange.students.models import Student, StudentStatus


@audits(OrderKind.GRADUATION, page="coursework.graduation_student")
def graduation_demands(students: Collection[Student], day: date) -> dict[int, list[Finding[Any]]]:
    """What each still lacks on the day of the order, on which the record has them registered."""
    found = facts_of(students, day).items()
    weighed = {
        student_id: GRADUATION.findings(replace(facts, status=StudentStatus.REGISTERED)) for student_id, facts in found
    }
    return {student_id: [each for each in findings if each.is_demanding] for student_id, findings in weighed.items()}
