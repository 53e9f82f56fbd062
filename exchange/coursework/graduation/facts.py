"""What the graduation audit looks at: one student as plain values."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from exchange.core.rules import Message
from exchange.students.models import ON_ROLL, StudentStatus

NO_WORDS = Message("", "")
LAST_MONTH = 8  # a school year ends in August


@dataclass(frozen=True)
class ConductTerm:
    """A term that the student spent here; ``passed`` is None while nobody has assessed it."""

    term: Message
    passed: bool | None


@dataclass(frozen=True)
class CourseState:
    """A course of the programme. ``state`` says why it is not passed: 不及格（52）, 还没有成绩 …"""

    name: str
    credits: Decimal
    passed: bool
    state: Message = NO_WORDS
    is_internship: bool = False


@dataclass(frozen=True)
class Internship:
    """A post internship; ``passed`` is None while it has no appraisal."""

    host: str
    starts_on: date
    ends_on: date
    is_over: bool
    passed: bool | None


@dataclass(frozen=True)
class Notes:
    """What only people know, as it was noted for this student."""

    early_applied_on: date | None = None
    enlisted_on: date | None = None
    minor_programme: str = ""
    dual_certificate: str = ""


@dataclass(frozen=True)
class Facts:
    """The state on ``day``. ``left_on`` is since when a final status holds."""

    day: date
    status: StudentStatus
    enrolled_on: date
    intake_year: int
    length_years: int
    school_ends_on: date  # the last day of the last term of the class
    conduct: tuple[ConductTerm, ...] = ()
    courses: tuple[CourseState, ...] = ()
    internships: tuple[Internship, ...] = ()
    left_on: date | None = None
    notes: Notes = field(default_factory=Notes)

    @property
    def is_on_roll(self) -> bool:
        return self.status in ON_ROLL

    @property
    def earned(self) -> Decimal:
        """The credits of all courses that are passed."""
        return sum((course.credits for course in self.courses if course.passed), Decimal(0))

    @property
    def years_are_over(self) -> bool:
        """Whether the years of study have passed."""
        return self.day > date(self.intake_year + self.length_years, LAST_MONTH, 31)

    @property
    def years_of_study(self) -> int:
        """How many school years the student has been here, the present one counted."""
        first = self.enrolled_on.year - (self.enrolled_on.month <= LAST_MONTH)
        last = self.day.year - (self.day.month <= LAST_MONTH)
        return last - first + 1
