"""What a bureau or an auditor reads of a student beside the masked record: a few lines that features above tell."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from exchange.students.models import Student


class Line(NamedTuple):
    """One fact in plain words; with a day it belongs to what has happened, without one to how things stand."""

    label: str
    text: str
    day: date | None = None


Source = Callable[[Student], list[Line]]
SOURCES: list[Source] = []


def tells(source: Source) -> Source:
    """Register ``source(student)``: what it gives is read outside of the school, so no number, no ground, no mark."""
    SOURCES.append(source)
    return source


class Outline(NamedTuple):
    """How things stand, feature by feature, and what has happened, the latest first."""

    now: list[Line]
    past: list[Line]


def outline_of(student: Student) -> Outline:
    """Everything that features tell of this student."""
    lines = [line for source in SOURCES for line in source(student)]
    past = [(line.day, line) for line in lines if line.day]
    past.sort(key=lambda dated: dated[0], reverse=True)
    return Outline([line for line in lines if line.day is None], [line for _day, line in past])
