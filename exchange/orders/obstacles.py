"""Why somebody may not move up a year: reasons that features above know, such as failed courses."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import Enum
from typing import Any, NamedTuple

from exchange.accounts.roles import Permission
from exchange.core.rules import Message
from exchange.students.models import Student


class Cause(Enum):
    """What speaks against moving up: the code of its rule."""

    COURSES = "STA-19"
    REGISTRATION = "STA-26"
    HOURS = "STA-27"


class Place(NamedTuple):
    """The page where an obstacle is looked at and mended, and what its reader must be allowed."""

    label: str
    endpoint: str
    values: Mapping[str, Any]
    permission: Permission


class Obstacle(NamedTuple):
    """One reason against moving up."""

    cause: Cause
    message: Message
    place: Place


Source = Callable[[Collection[Student], date], Mapping[int, Obstacle]]
SOURCES: list[Source] = []


def stands_against_promotion(source: Source) -> Source:
    """Register ``source(students, day)``, which gives per student what speaks against moving up."""
    SOURCES.append(source)
    return source


def obstacles_to_promotion(students: Collection[Student], day: date) -> dict[int, tuple[Obstacle, ...]]:
    """Student → everything that speaks against moving up, from all features."""
    found: dict[int, tuple[Obstacle, ...]] = {}
    for source in SOURCES:
        for student_id, obstacle in source(students, day).items():
            found[student_id] = (*found.get(student_id, ()), obstacle)
    return found
