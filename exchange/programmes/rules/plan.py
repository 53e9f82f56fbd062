"""What the checks look at: one version of a programme as plain values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from exchange.core.database import today
from exchange.programmes.models import BasicSubject, CourseKind, PlannedCourse, ProgrammeVersion


@dataclass(frozen=True)
class Line:
    """One course."""

    name: str
    kind: CourseKind
    hours: int
    credits: Decimal
    practice_hours: int = 0
    subject: BasicSubject | None = None
    is_elective: bool = False
    is_core: bool = False
    internship_months: Decimal | None = None

    @property
    def is_public_basic(self) -> bool:
        return self.kind is CourseKind.BASIC

    @property
    def is_internship(self) -> bool:
        return self.kind is CourseKind.POST_INTERNSHIP


@dataclass(frozen=True)
class Plan:
    """The courses, judged by the numbers in force on ``day``."""

    day: date
    length_years: int
    courses: tuple[Line, ...]

    @property
    def hours(self) -> int:
        return sum(course.hours for course in self.courses)

    def those(self, belongs: Callable[[Line], object]) -> tuple[Line, ...]:
        """The courses for which this is true."""
        return tuple(course for course in self.courses if belongs(course))


def plan_of(version: ProgrammeVersion, courses: Iterable[PlannedCourse], *, on: date | None = None) -> Plan:
    """A version as it is judged: by the numbers of its approval, or since when it is in force; a draft by today's."""
    lines = tuple(
        Line(
            name=course.name,
            kind=course.kind,
            hours=course.hours,
            credits=course.credits,
            practice_hours=course.practice_hours,
            subject=course.subject,
            is_elective=course.is_elective,
            is_core=course.is_core,
            internship_months=course.internship_months,
        )
        for course in courses
    )
    return Plan(on or version.approved_on or version.in_force_from or today(), version.programme.length_years, lines)
