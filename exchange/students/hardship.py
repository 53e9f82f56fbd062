"""What the national sheet says of a family's hardship on a day: the imported value, until a feature above knows better.

Aid keeps the history of hardship and registers itself; who may see any of it stays with ``policy.may_see_poverty``.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from exchange.students.models import Student

HardshipSource = Callable[[date, Sequence[Student]], Mapping[int, str]]
"""(day, students) → student's id → the sheet's word for that day, of those about whom something is recorded."""

SOURCES: list[HardshipSource] = []


def register_hardship(source: HardshipSource) -> HardshipSource:
    """Let exports ask this source; once, however many applications a process builds."""
    if source not in SOURCES:
        SOURCES.append(source)
    return source


def hardship_on(day: date, students: Sequence[Student]) -> dict[int, str]:
    """Student → word of the sheet, of those for whom it is not the imported value that counts."""
    known: dict[int, str] = {}
    for source in SOURCES:
        known |= source(day, students)
    return known
