"""What the rules on changes of status look at: one student and one order as plain values."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from exchange.orders.evidence import Evidence
from exchange.orders.kinds import OrderKind
from exchange.orders.obstacles import Obstacle
from exchange.students.models import StudentStatus


@dataclass(frozen=True)
class SchoolTerm:
    """Half a school year; ``number`` 1 begins in autumn."""

    school_year: int
    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Facts:
    """The state is the one before the order takes effect."""

    kind: OrderKind
    effective_on: date
    birth_date: date
    enrolled_on: date
    status: StudentStatus
    intake_year: int  # of the class: its first school year
    length_years: int
    major: str
    to_major: str | None = None
    to_intake_year: int | None = None
    to_length_years: int | None = None
    left_on: date | None = None  # since when the present status holds
    leave_ground: str | None = None  # of the leave that is about to end
    leave_until: date | None = None  # the last day of the leave as its order says
    on_probation: bool = False  # 留校察看 within the last year, and not lifted
    was_on_probation: bool = False  # 留校察看 whenever it was given, and not removed
    has_moved_up: bool = False  # another order has moved the student up at the end of the same school year
    obstacles: tuple[Obstacle, ...] = ()  # what other features say against moving up
    evidence: Evidence = field(default_factory=Evidence)
    terms: tuple[SchoolTerm, ...] = ()  # of the school, in order

    @property
    def graduating_school_year(self) -> int:
        """The last school year of the class."""
        return self.intake_year + self.length_years - 1

    @property
    def school_year(self) -> int:
        """The school year of the day: 2026 from September 2026 to August 2027."""
        return self.effective_on.year - (self.effective_on.month < 9)

    @property
    def ending_school_year(self) -> int:
        """The school year that ends about the day of the order."""
        return ending_school_year(self.effective_on)

    @property
    def is_graduating(self) -> bool:
        """毕业年级: the class is in its last school year, or past it."""
        return self.school_year >= self.graduating_school_year

    def term(self, school_year: int, number: int) -> SchoolTerm:
        """The term of the school; where it is not set up, an ordinary one."""
        found = (each for each in self.terms if (each.school_year, each.number) == (school_year, number))
        return next(found, None) or _ordinary_term(school_year, number)

    @property
    def first_whole_term(self) -> SchoolTerm:
        """The first term that began after the enrolment, or at most a month, the time for registration, before it."""
        first_year = self.enrolled_on.year - 1
        candidates = [self.term(year, number) for year in range(first_year, first_year + 3) for number in (1, 2)]
        return next(each for each in candidates if self.enrolled_on <= each.starts_on + timedelta(days=30))

    @property
    def next_term(self) -> SchoolTerm:
        """The term that begins on the day or after it, or that began less than a month before."""
        year = self.effective_on.year - 1
        candidates = [self.term(each, number) for each in range(year, year + 3) for number in (1, 2)]
        return next(each for each in candidates if self.effective_on <= each.starts_on + timedelta(days=30))


def ending_school_year(day: date) -> int:
    """The school year that ends about the day: in September still the one before."""
    return day.year - (day.month <= 9)


def _ordinary_term(school_year: int, number: int) -> SchoolTerm:
    if number == 1:
        return SchoolTerm(school_year, 1, date(school_year, 9, 1), date(school_year + 1, 1, 31))
    return SchoolTerm(school_year, 2, date(school_year + 1, 2, 15), date(school_year + 1, 7, 15))
