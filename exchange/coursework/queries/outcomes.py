"""The outcomes of many students at once: per course what counts, the credits, and every attempt as evidence."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, and_, select
from sqlalchemy.orm import contains_eager, joinedload, lazyload

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.coursework.grading import Part, weigh
from exchange.coursework.models import SHOWN, Assessment, Attempt, AttemptKind, Mark, MarkSheet
from exchange.coursework.outcomes import Outcome, Sitting, outcome, terms_of
from exchange.coursework.queries.grid import show
from exchange.coursework.scales import HUNDRED, Measure, measure_of
from exchange.programmes.models import Course, Term

Taken = tuple[int, int]
"""A student and a course, by id."""

Sat = tuple[MarkSheet, list[Part]]
"""A sheet with the student's part in every assessment."""


@dataclass(frozen=True)
class CourseOutcome:
    """What a student has in a course. ``attempts`` are those that stand; ``sheet`` is that of the first sitting."""

    course: Course
    outcome: Outcome
    attempts: tuple[Attempt, ...]
    sheet: MarkSheet | None

    @property
    def passed(self) -> bool:
        return self.outcome.passed

    @property
    def earned(self) -> Decimal:
        """The credits of the course, once it is passed."""
        return self.course.credits if self.passed else Decimal(0)

    @property
    def measure(self) -> Measure:
        """On which scale the result that counts is written."""
        deciding = self.outcome.deciding
        if deciding is not None:
            return Measure(deciding.scale, deciding.taken_on)
        return measure_of(self.sheet) if self.sheet else HUNDRED

    @property
    def shown(self) -> str:
        """What counts so far, as a result column shows it."""
        return show(self.outcome.result, self.measure)


def published() -> Select[MarkSheet]:
    """The sheets that students and papers may show."""
    return select(MarkSheet).where(MarkSheet.status.in_(SHOWN))


def outcomes_of(
    student_ids: Collection[int],
    *,
    sheets: Select[MarkSheet] | None = None,
    courses: Collection[int] | None = None,
) -> dict[int, list[CourseOutcome]]:
    """Student → outcomes by course code, in three statements; on published sheets, or on those of the scope.

    A course that stands on a later sheet, too, was retaken there. Attempts count only with their sheet, so that a sheet
    that was opened again takes them along; what was recognised needs none.
    """
    scope = published() if sheets is None else sheets
    if courses is not None:
        scope = scope.where(MarkSheet.course_id.in_(courses))
    found, attempts = _sheets_of(student_ids, scope), _attempts_of(student_ids, courses)
    outcomes: dict[int, list[CourseOutcome]] = {student: [] for student in student_ids}
    for student, course in {**found, **attempts}:
        sat, standing = found.get((student, course), []), attempts.get((student, course), [])
        if not sat:
            standing = [attempt for attempt in standing if attempt.kind is AttemptKind.RECOGNISED]
        if sat or standing:
            outcomes[student].append(_decide(sat, standing))
    for ends in outcomes.values():
        ends.sort(key=lambda end: (end.course.code, end.course.id))
    return outcomes


def _sheets_of(student_ids: Collection[int], scope: Select[MarkSheet]) -> dict[Taken, list[Sat]]:
    """Student and course → what the student has on which sheets, the oldest term first."""
    marked = select(Assessment.sheet_id).join(Mark).where(Mark.student_id.in_(student_ids))
    loaded = (
        scope.where(MarkSheet.id.in_(marked))
        .join(Term, Term.id == MarkSheet.term_id)
        .join(Course, Course.id == MarkSheet.course_id)
        .options(contains_eager(MarkSheet.term), contains_eager(MarkSheet.course))
        .order_by(Term.school_year, Term.number, MarkSheet.id)
    )
    sheets = list(db.session.scalars(loaded))
    parts = _parts_of(student_ids, [sheet.id for sheet in sheets])
    found: dict[Taken, list[Sat]] = defaultdict(list)
    for sheet in sheets:
        for student, own in parts.get(sheet.id, {}).items():
            found[student, sheet.course_id].append((sheet, own))
    return found


def _parts_of(student_ids: Collection[int], sheet_ids: Collection[int]) -> dict[int, dict[int, list[Part]]]:
    """Sheet → student → a part for every assessment, also for one without a mark."""
    marked = (
        select(Mark.student_id, Assessment.sheet_id)
        .join(Assessment, Assessment.id == Mark.assessment_id)
        .where(Mark.student_id.in_(student_ids), Assessment.sheet_id.in_(sheet_ids))
        .distinct()
        .subquery()
    )
    own_mark = and_(Mark.assessment_id == Assessment.id, Mark.student_id == marked.c.student_id)
    rows: Select[Any] = (
        select(marked.c.sheet_id, marked.c.student_id, Assessment.weight, Assessment.maximum, Mark.score, Mark.special)
        .join(Assessment, Assessment.sheet_id == marked.c.sheet_id)
        .outerjoin(Mark, own_mark)
        .order_by(Assessment.position, Assessment.id)
    )
    parts: dict[int, dict[int, list[Part]]] = defaultdict(lambda: defaultdict(list))
    for sheet, student, weight, maximum, score, special in db.session.execute(rows):
        parts[sheet][student].append(Part(weight, maximum, score, special))
    return parts


def _attempts_of(student_ids: Collection[int], courses: Collection[int] | None) -> dict[Taken, list[Attempt]]:
    """Student and course → the attempts that stand, in the order in which they were taken."""
    rows = (
        select(Attempt)
        .where(Attempt.student_id.in_(student_ids), Attempt.withdrawn_at.is_(None))
        .options(joinedload(Attempt.course))
        .options(joinedload(Attempt.recorded_by).options(lazyload(User.assignments)))
        .order_by(Attempt.taken_on, Attempt.id)
    )
    if courses is not None:
        rows = rows.where(Attempt.course_id.in_(courses))
    found: dict[Taken, list[Attempt]] = defaultdict(list)
    for attempt in db.session.scalars(rows):
        found[attempt.student_id, attempt.course_id].append(attempt)
    return found


def _decide(sat: Sequence[Sat], attempts: Sequence[Attempt]) -> CourseOutcome:
    """By the rules of the day on which the term of the first sitting began."""
    sittings = [Sitting(each.kind, each.score, each.taken_on, each.scale) for each in attempts]
    for again, marks in sat[1:]:
        score = weigh(marks).score
        if score is not None:
            sittings.append(Sitting(AttemptKind.RETAKE, score, again.term.ends_on, again.scale))
    sheet, parts = sat[0] if sat else (None, [])
    course = sheet.course if sheet else attempts[0].course
    terms = terms_of(course.pass_score, on=sheet.term.starts_on if sheet else attempts[0].taken_on)
    return CourseOutcome(course, outcome(parts, sittings, terms), tuple(attempts), sheet)
