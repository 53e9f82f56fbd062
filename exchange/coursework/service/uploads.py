"""Marks by workbook: out, filled in at leisure, and back. First everybody sees what would happen, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.enums import LabelledEnum
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet
from exchange.coursework import queries
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import Assessment, MarkSheet, Special
from exchange.coursework.notation import EMPTY, Unreadable, Value, read
from exchange.coursework.queries import StoredMark
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.scales import Measure, measure_of
from exchange.coursework.service.marks import Asked, Outcome, hold_open, record_marks
from exchange.coursework.service.matching import Finding, Roll
from exchange.coursework.workbooks import Filled, FilledRow, Place, read_filled, workbook_of


class Choice(LabelledEnum):
    """What to do where the system and the file have different marks; empty cells of the system are filled anyway."""

    KEEP = "keep", _("保留系统里的")
    REPLACE = "replace", _("换成表里的")
    BETTER = "better", _("取较高的")

    def of(self, stored: Value, typed: Value) -> Value:
        """The mark that stands in the end."""
        if stored.is_empty or self is Choice.REPLACE:
            return typed
        return better(stored, typed) if self is Choice.BETTER else stored


@dataclass(frozen=True)
class Proposal:
    """A cell in which the file says something else than the system. ``is_overtaken``: changed since the download."""

    row: int
    student: Pupil
    assessment: Assessment
    typed: Value
    stored: Value
    version: int
    by: str
    at: datetime | None
    is_overtaken: bool

    @property
    def is_new(self) -> bool:
        return self.stored.is_empty

    @property
    def asked(self) -> Asked:
        return Asked(self.student.id, self.assessment.id, str(self.typed), self.version)

    def after(self, choice: Choice) -> Value:
        return choice.of(self.stored, self.typed)


@dataclass(frozen=True)
class Preview:
    """What an upload would do; nothing is written yet."""

    filled: Filled
    proposals: Sequence[Proposal]
    findings: Sequence[Finding]
    same: int  # cells in which the file says what the system has, or what it had when the file was made

    @property
    def new(self) -> list[Proposal]:
        return [each for each in self.proposals if each.is_new]

    @property
    def different(self) -> list[Proposal]:
        return [each for each in self.proposals if not each.is_new]

    def writes(self, choice: Choice) -> int:
        """How many cells the choice would change."""
        return sum(each.after(choice) != each.stored for each in self.proposals)


def better(stored: Value, typed: Value) -> Value:
    """The higher of two marks. Absent counts 0, a deferred exam gives way to its score, an exemption to nothing."""
    if stored.special is Special.DEFERRED and typed.score is not None:
        return typed
    ours, theirs = _points(stored), _points(typed)
    return typed if ours is not None and theirs is not None and theirs > ours else stored


def download(sheet: MarkSheet, *, by: User | None) -> bytes:
    """The sheet as a workbook to fill in; that somebody took it is recorded."""
    record(CourseworkEvent.SHEET_DOWNLOADED, sheet, by=by)
    return workbook_of(sheet.id, queries.grid(sheet))


def preview(sheet: MarkSheet, sheets: Sequence[Sheet]) -> Preview:
    """Compare a file with what is stored. Raises ``SheetLocked``, and ``UsageProblem`` for a file of another sheet."""
    hold_open(sheet)
    assessments = queries.assessments_of(sheet)
    filled = read_filled(sheets, assessments)
    if filled.sheet_id not in {None, sheet.id}:
        raise UsageProblem(_("这个文件是从另一张成绩单下载的。到那一张去上传，或在这里重新下载。"))
    students, stored = queries.students_on(sheet), queries.load_marks(assessments)
    return _Comparison(filled, assessments, students, stored, measure_of(sheet)).preview()


def take(
    sheet: MarkSheet, cells: Sequence[Asked], choice: Choice, *, filename: str, by: User | None, reason: str = ""
) -> Outcome:
    """Write what was previewed, as the choice says; a cell that was changed since the preview is a conflict.

    A sheet that was handed in before wants a reason, as everywhere. Raises ``SheetLocked``.
    """
    hold_open(sheet)
    assessments = queries.assessments_of(sheet)
    stored = queries.load_marks(assessments)
    maxima = {assessment.id: assessment.maximum for assessment in assessments}
    measure = measure_of(sheet)
    wanted = [cell for cell in cells if _is_wanted(cell, choice, stored, maxima, measure)]
    outcome = record_marks(sheet, wanted, by=by, reason=reason)
    counts = Counter(cell.status.value for cell in outcome.cells)
    record(CourseworkEvent.MARKS_UPLOADED, sheet, by=by, file=filename, choice=choice.value, cells=dict(counts))
    return outcome


def _is_wanted(
    cell: Asked, choice: Choice, stored: dict[Place, StoredMark], maxima: dict[int, int], measure: Measure
) -> bool:
    """Whether the choice changes the cell. What nobody can read is passed on, to be refused with a sentence."""
    try:
        typed = read(cell.value, maximum=maxima.get(cell.assessment, 0), measure=measure)
    except Unreadable:
        return True
    now = stored[cell.place].value if cell.place in stored else EMPTY
    return choice.of(now, typed) == typed


def _points(value: Value) -> Decimal | None:
    return Decimal(0) if value.special is Special.ABSENT else value.score


class _Comparison:
    """One file beside one sheet."""

    def __init__(
        self,
        filled: Filled,
        assessments: Sequence[Assessment],
        students: Sequence[Pupil],
        stored: dict[Place, StoredMark],
        measure: Measure,
    ) -> None:
        self.filled, self.stored, self.measure = filled, stored, measure
        self.assessments = {assessment.id: assessment for assessment in assessments}
        self.headings = {assessment: heading for heading, assessment in filled.columns.items()}
        self.roll = Roll(students)
        self.same = 0

    def preview(self) -> Preview:
        proposals: list[Proposal] = []
        findings: list[Finding] = []
        for row in self.filled.rows:
            found = self.roll.find(row)
            if isinstance(found, Finding):
                findings += [found] if row.values else []  # a name without marks asks for nothing
                continue
            for each in self._cells(row, found):
                if isinstance(each, Finding):
                    findings.append(each)
                else:
                    proposals.append(each)
        return Preview(self.filled, proposals, findings, self.same)

    def _cells(self, row: FilledRow, student: Pupil) -> Iterator[Proposal | Finding]:
        for assessment_id, text in row.values.items():
            assessment = self.assessments[assessment_id]
            try:
                typed = read(text, maximum=assessment.maximum, measure=self.measure)
            except Unreadable as problem:
                heading = self.headings[assessment_id]
                yield Finding(row.number, heading, "mark.unreadable", str(problem))
                continue
            stored = self.stored.get((student.id, assessment_id))
            value, version = (stored.value, stored.version) if stored else (EMPTY, 0)
            base = self._base(student, assessment)
            if typed == value or (base is not None and typed == base[1]):
                self.same += 1
                continue
            by, at = (stored.by, stored.at) if stored else ("", None)
            overtaken = base is not None and base[0] != version
            yield Proposal(row.number, student, assessment, typed, value, version, by, at, overtaken)

    def _base(self, student: Pupil, assessment: Assessment) -> tuple[int, Value] | None:
        """What the cell held when the workbook was made: version and value."""
        known = self.filled.known.get((student.id, assessment.id))
        if known is None:
            return None
        try:
            return known[0], read(known[1], maximum=assessment.maximum, measure=self.measure)
        except Unreadable:
            return None
