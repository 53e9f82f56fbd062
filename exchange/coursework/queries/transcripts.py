"""What a student has taken, term by term, with results, credits and totals."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from exchange.core.database import db
from exchange.core.i18n import _
from exchange.coursework.grading import Part, Result, ResultState, weigh
from exchange.coursework.models import Assessment, Mark, MarkSheet, SheetStatus
from exchange.coursework.queries.grid import show
from exchange.programmes.models import Course, CourseKind, Term
from exchange.students.models import Student


@dataclass(frozen=True)
class TranscriptLine:
    """One course. ``credits`` are those of the course, ``earned`` once it is passed; ``score`` may be none."""

    code: str
    course: str
    kind: CourseKind
    hours: int
    credits: Decimal
    result: Result
    passed: bool
    status: SheetStatus

    @property
    def score(self) -> Decimal | None:
        return self.result.score

    @property
    def shown(self) -> str:
        """86.5, 缓, 免 or nothing."""
        return show(self.result)

    @property
    def earned(self) -> Decimal:
        """The credits, once the course is passed and published."""
        return self.credits if self.passed and self.status == SheetStatus.PUBLISHED else Decimal(0)

    @property
    def remark(self) -> str:
        """What the figure does not say."""
        if self.result.state is not ResultState.FINAL:
            return str(self.result.state.label)
        return "" if self.passed else str(_("不及格"))


@dataclass(frozen=True)
class TranscriptTerm:
    """The courses of one term."""

    school_year: int
    number: int
    label: str
    lines: tuple[TranscriptLine, ...]

    @property
    def hours(self) -> int:
        return sum(line.hours for line in self.lines)

    @property
    def earned(self) -> Decimal:
        return sum((line.earned for line in self.lines), Decimal(0))


@dataclass(frozen=True)
class Transcript:
    """All terms of one student, the oldest first."""

    student_no: str
    name: str
    terms: tuple[TranscriptTerm, ...]

    @property
    def lines(self) -> list[TranscriptLine]:
        return [line for term in self.terms for line in term.lines]

    @property
    def hours(self) -> int:
        return sum(term.hours for term in self.terms)

    @property
    def earned(self) -> Decimal:
        return sum((term.earned for term in self.terms), Decimal(0))


def published() -> Select[MarkSheet]:
    """The sheets that students and papers may show."""
    return select(MarkSheet).where(MarkSheet.status == SheetStatus.PUBLISHED)


def transcript(student: Student, *, sheets: Select[MarkSheet] | None = None) -> Transcript:
    """The student's results on published sheets, or on those of the given scope."""
    found = _sheets_with_marks(student, published() if sheets is None else sheets)
    parts = _parts(student, [sheet.id for sheet in found])
    terms = []
    for term, group in groupby(found, key=lambda sheet: sheet.term):
        lines = tuple(_line(sheet, weigh(parts[sheet.id])) for sheet in group)
        terms.append(TranscriptTerm(term.school_year, term.number, str(term.label), lines))
    return Transcript(student.student_no, student.name, tuple(terms))


def _sheets_with_marks(student: Student, scope: Select[MarkSheet]) -> list[MarkSheet]:
    own = select(Assessment.sheet_id).join(Mark).where(Mark.student_id == student.id)
    found = (
        scope.where(MarkSheet.id.in_(own))
        .join(Term, Term.id == MarkSheet.term_id)
        .join(Course, Course.id == MarkSheet.course_id)
        .options(contains_eager(MarkSheet.term), contains_eager(MarkSheet.course))
        .order_by(Term.school_year, Term.number, Course.kind, Course.code, MarkSheet.id)
    )
    return list(db.session.scalars(found))


def _parts(student: Student, sheet_ids: list[int]) -> dict[int, list[Part]]:
    """Every assessment of the sheets with the student's own mark, by sheet."""
    own_mark = (Mark.assessment_id == Assessment.id) & (Mark.student_id == student.id)
    rows = (
        select(Assessment.sheet_id, Assessment.weight, Assessment.maximum, Mark.score, Mark.special)
        .outerjoin(Mark, own_mark)
        .where(Assessment.sheet_id.in_(sheet_ids))
        .order_by(Assessment.position)
    )
    parts: dict[int, list[Part]] = defaultdict(list)
    for sheet_id, weight, maximum, score, special in db.session.execute(rows):
        parts[sheet_id].append(Part(weight, maximum, score, special))
    return parts


def _line(sheet: MarkSheet, result: Result) -> TranscriptLine:
    course = sheet.course
    return TranscriptLine(
        code=course.code,
        course=course.name,
        kind=course.kind,
        hours=course.hours,
        credits=course.credits,
        result=result,
        passed=result.has_passed(course.pass_score),
        status=sheet.status,
    )
