"""Why somebody may not move up a year: reasons that features above know, such as failed courses."""

from collections.abc import Callable, Collection, Mapping
from datetime import date

from exchange.core.rules import Message
from exchange.students.models import Student

Source = Callable[[Collection[Student], date], Mapping[int, list[Message]]]
SOURCES: list[Source] = []


def stands_against_promotion(source: Source) -> Source:
    """Register ``source(students, day)``, which gives per student what speaks against moving up."""
    SOURCES.append(source)
    return source


def obstacles_to_promotion(students: Collection[Student], day: date) -> dict[int, tuple[Message, ...]]:
    """Student → everything that speaks against moving up, from all features."""
    found: dict[int, tuple[Message, ...]] = {}
    for source in SOURCES:
        for student_id, reasons in source(students, day).items():
            found[student_id] = found.get(student_id, ()) + tuple(reasons)
    return found
