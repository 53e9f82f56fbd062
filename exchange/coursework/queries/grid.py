"""One sheet as a grid: its students, assessments and marks, with results, average and what is missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from sqlalchemy import and_, select, union

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.coursework import grading
from exchange.coursework.grading import Part, Result
from exchange.coursework.models import Assessment, Mark, MarkSheet, Scale, Special
from exchange.coursework.notation import SIGNS, Value, stored_value
from exchange.coursework.scales import HUNDRED, Level, Measure, measure_of
from exchange.students.models import Student, StudentStatus


@dataclass(frozen=True)
class StoredMark:
    """A mark as it stands in the database, and who put it there."""

    id: int
    value: Value
    version: int
    by_id: int | None
    by: str
    at: datetime


@dataclass(frozen=True)
class Pupil:
    """A student on a sheet. ``is_expected`` tells whether an empty cell counts as missing."""

    id: int
    student_no: str
    name: str
    pinyin: str
    birth_date: date
    is_expected: bool


@dataclass(frozen=True)
class Cell:
    assessment: Assessment
    value: Value
    version: int


@dataclass(frozen=True)
class Row:
    """One student of the sheet with all cells."""

    student: Pupil
    cells: tuple[Cell, ...]
    measure: Measure = HUNDRED

    @property
    def parts(self) -> list[Part]:
        return [
            Part(cell.assessment.weight, cell.assessment.maximum, cell.value.score, cell.value.special)
            for cell in self.cells
        ]

    @cached_property
    def result(self) -> Result:
        return grading.weigh(self.parts)

    @property
    def missing(self) -> list[Cell]:
        """The cells that still need a mark."""
        return [cell for cell in self.cells if cell.value.is_empty] if self.student.is_expected else []

    @property
    def formula(self) -> str:
        return grading.formula(self.parts)

    @property
    def shown(self) -> str:
        return show(self.result, self.measure)


@dataclass(frozen=True)
class Grid:
    """A sheet with everything on it."""

    assessments: Sequence[Assessment]
    rows: Sequence[Row]
    measure: Measure = HUNDRED

    @cached_property
    def missing(self) -> int:
        return sum(len(row.missing) for row in self.rows)

    @cached_property
    def average(self) -> Decimal | None:
        """The mean of the results; a mean of levels would say nothing."""
        return grading.average(row.result for row in self.rows) if self.measure.has_figures else None

    @cached_property
    def distribution(self) -> dict[Level, int]:
        """How many results are of which level, the best level first; levels without anybody are left out."""
        scores = [row.result.score for row in self.rows if row.result.score is not None]
        counts = Counter(map(self.measure.level_of, scores))
        return {level: counts[level] for level in self.measure.bounds if counts[level]}

    @cached_property
    def summary(self) -> str:
        """What stands under the results: their mean, or on a scale of levels how many are of which."""
        if self.measure.has_figures:
            return "" if self.average is None else str(self.average)
        return " · ".join(f"{level.label} {count}" for level, count in self.distribution.items())

    @cached_property
    def namesakes(self) -> set[str]:
        """Names that two people share; they are shown with the birth month."""
        return {name for name, count in Counter(row.student.name for row in self.rows).items() if count > 1}

    def row(self, student_id: int) -> Row | None:
        return next((row for row in self.rows if row.student.id == student_id), None)


def grid(sheet: MarkSheet) -> Grid:
    """The grid of a sheet, in three statements however long the class is."""
    assessments = assessments_of(sheet)
    return build(assessments, students_on(sheet), load_marks(assessments))


def build(
    assessments: Sequence[Assessment], students: Iterable[Pupil], marks: dict[tuple[int, int], StoredMark]
) -> Grid:
    """The grid of what was loaded; ``marks`` by student and assessment."""
    measure = measure_of(assessments[0].sheet) if assessments else HUNDRED
    rows = []
    for student in students:
        stored = [(assessment, marks.get((student.id, assessment.id))) for assessment in assessments]
        cells = (Cell(each, mark.value if mark else Value(), mark.version if mark else 0) for each, mark in stored)
        rows.append(Row(student, tuple(cells), measure))
    return Grid(assessments, rows, measure)


def assessments_of(sheet: MarkSheet) -> list[Assessment]:
    """The columns of a sheet, in order."""
    columns = select(Assessment).where(Assessment.sheet_id == sheet.id).order_by(Assessment.position, Assessment.id)
    return list(db.session.scalars(columns))


def students_on(sheet: MarkSheet) -> list[Pupil]:
    """The registered students of the class, and those who left it but have marks on the sheet; by number."""
    has_marks = select(Mark.student_id).join(Assessment).where(Assessment.sheet_id == sheet.id)
    is_expected = and_(
        Student.school_class_id == sheet.school_class_id, Student.status == StudentStatus.REGISTERED
    ).label("is_expected")
    columns = (Student.id, Student.student_no, Student.name, Student.pinyin, Student.birth_date, is_expected)
    on_sheet = union(select(Student.id).where(is_expected), has_marks)  # with OR, PostgreSQL reads the whole school
    found = select(*columns).where(Student.id.in_(on_sheet)).order_by(Student.student_no)
    return [Pupil(*row) for row in db.session.execute(found)]


def load_marks(assessments: Sequence[Assessment]) -> dict[tuple[int, int], StoredMark]:
    """All marks of the assessments, by student and assessment, as they are in the database at this moment."""
    measure = measure_of(assessments[0].sheet) if assessments else HUNDRED
    columns = (Mark.student_id, Mark.assessment_id, Mark.id, Mark.score, Mark.special, Mark.version)
    found = (
        select(*columns, Mark.updated_by_id, User.name, Mark.updated_at)
        .outerjoin(User, User.id == Mark.updated_by_id)
        .where(Mark.assessment_id.in_([assessment.id for assessment in assessments]))
    )
    return {
        (student, assessment): StoredMark(mark, stored_value(score, special, measure), version, by_id, by or "", at)
        for student, assessment, mark, score, special, version, by_id, by, at in db.session.execute(found)
    }


def show(result: Result, measure: Measure) -> str:
    """A result in the result column: 86.5 · 良好, 良好 · 86.5, 合格, 缓, 免, or nothing yet."""
    if result.score is not None:
        figure, level = grading.plain(result.score), str(measure.level_of(result.score).label)
        both = {Scale.HUNDRED: f"{figure} · {level}", Scale.LEVELS: f"{level} · {figure}"}
        return both.get(measure.scale, level)
    special = {grading.ResultState.DEFERRED: Special.DEFERRED, grading.ResultState.EXEMPT: Special.EXEMPT}
    return str(SIGNS[special[result.state]]) if result.state in special else ""
