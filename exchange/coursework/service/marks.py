"""Recording marks: each cell is judged by itself, good ones are written together, none overwrites another unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from exchange.accounts.models import User
from exchange.audit.service import record_all
from exchange.core.database import db, is_sqlite, now
from exchange.core.enums import LabelledEnum
from exchange.core.errors import NotPossible, UsageProblem
from exchange.core.i18n import _
from exchange.coursework import queries
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import SHOWN, Mark, MarkSheet, SheetStatus
from exchange.coursework.notation import EMPTY, Unreadable, Value, read
from exchange.coursework.queries import Grid, StoredMark
from exchange.coursework.queries.grid import build
from exchange.coursework.scales import Measure, measure_of

MOST_CELLS = 2000
LARGEST_NUMBER = 2**31 - 1
REASON_MISSING = _("这张成绩单交过，再改成绩要写理由。")

Place = tuple[int, int]
"""A student and an assessment, by id."""


class SheetLocked(NotPossible):
    """A sheet that was handed in takes no marks."""


class CellStatus(LabelledEnum):
    SAVED = "saved", _("已保存")
    CONFLICT = "conflict", _("别人改过")
    INVALID = "invalid", _("没有保存")


@dataclass(frozen=True)
class Asked:
    """What somebody typed into a cell, over which version of it; 0 stands for a cell never filled."""

    student: int
    assessment: int
    value: str
    version: int

    @property
    def place(self) -> Place:
        return self.student, self.assessment


@dataclass(frozen=True)
class CellOutcome:
    """What became of a cell. ``value`` is the one stored now, or, where it was refused, what was typed."""

    asked: Asked
    status: CellStatus
    value: str
    version: int
    by: str = ""
    at: datetime | None = None
    message: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of all the cells, and the sheet as it stands now."""

    cells: tuple[CellOutcome, ...]
    grid: Grid

    @property
    def results(self) -> dict[int, str]:
        """The results of the students concerned, as shown."""
        concerned = {cell.asked.student for cell in self.cells}
        return {row.student.id: row.shown for row in self.grid.rows if row.student.id in concerned}

    @property
    def missing(self) -> int:
        return self.grid.missing

    @property
    def summary(self) -> str:
        return self.grid.summary


def read_cells(document: object) -> list[Asked]:
    """The cells of a request. Raises ``UsageProblem`` when it is not of the agreed shape or too large."""
    cells = document.get("cells") if isinstance(document, dict) else None
    if not isinstance(cells, list):
        raise UsageProblem(_("请求里没有成绩（cells）。"))
    if len(cells) > MOST_CELLS:
        raise UsageProblem(_("一次最多保存 %(most)s 格，这里有 %(count)s 格。", most=MOST_CELLS, count=len(cells)))
    asked = [_read_cell(cell, number) for number, cell in enumerate(cells, start=1)]
    if len({cell.place for cell in asked}) < len(asked):
        raise UsageProblem(_("同一格成绩出现了两次。"))
    return asked


def record_marks(sheet: MarkSheet, cells: Sequence[Asked], *, by: User | None, reason: str = "") -> Outcome:
    """Write the marks that were typed over the version that is stored; report the others.

    A cell that already holds the value counts as saved, so that a request may be repeated. On a sheet that was handed
    in before, no cell is changed without a reason. Raises ``SheetLocked``.
    """
    hold_open(sheet)
    measure, reason = measure_of(sheet), reason.strip()
    assessments, students = queries.assessments_of(sheet), queries.students_on(sheet)
    maxima = {assessment.id: assessment.maximum for assessment in assessments}
    known = {student.id for student in students}
    before = queries.load_marks(assessments)

    wanted: dict[Place, Value] = {}
    refused: dict[Place, str] = {}
    for cell in cells:
        try:
            wanted[cell.place] = _judge(cell, known, maxima, measure)
        except UsageProblem as problem:
            refused[cell.place] = str(problem)

    moment = now()
    writable = [cell for cell in cells if cell.place in wanted and _is_writable(cell, wanted, before)]
    if sheet.handed_in_at and not reason:
        refused |= {cell.place: str(REASON_MISSING) for cell in writable}
        writable = []
    _write(writable, wanted, before, by=by, moment=moment)
    after = queries.load_marks(assessments) if writable else before
    _record(writable, before, after, by=by, moment=moment, reason=reason)
    outcomes = (_outcome(cell, wanted, refused, after) for cell in cells)
    return Outcome(tuple(outcomes), build(assessments, students, after))


def _read_cell(cell: object, number: int) -> Asked:
    problem = UsageProblem(_("第 %(number)s 格的内容不对。", number=number))
    if not isinstance(cell, dict):
        raise problem
    student, assessment, version = (cell.get(key) for key in ("student", "assessment", "version"))
    value = cell.get("value")
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        value = ""
    for count in (student, assessment, version):
        if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= LARGEST_NUMBER:
            raise problem
    if not isinstance(value, str):
        raise problem
    return Asked(student, assessment, value, version)  # type: ignore[arg-type]  # checked in the loop


def hold_open(sheet: MarkSheet) -> None:
    """Nobody can hand the sheet in while marks are written; two may still write at once. Raises ``SheetLocked``."""
    status = db.session.scalar(select(MarkSheet.status).where(MarkSheet.id == sheet.id).with_for_update(read=True))
    if status in SHOWN:
        raise SheetLocked(_("这张成绩单已公布，不能再改。要改，先请校领导重新打开。"))
    if status != SheetStatus.DRAFT:
        raise SheetLocked(_("这张成绩单已提交，不能再改。要改，先请学籍管理员退回。"))


def _judge(cell: Asked, known: set[int], maxima: Mapping[int, int], measure: Measure) -> Value:
    if cell.assessment not in maxima:
        raise Unreadable(_("这一项考核不在这张成绩单上。"))
    if cell.student not in known:
        raise Unreadable(_("这名学生不在这张成绩单上。"))
    return read(cell.value, maximum=maxima[cell.assessment], measure=measure)


def _is_writable(cell: Asked, wanted: Mapping[Place, Value], before: Mapping[Place, StoredMark]) -> bool:
    """Whether there is something to change and it was typed over what is stored."""
    stored = before.get(cell.place)
    value, version = (stored.value, stored.version) if stored else (EMPTY, 0)
    return wanted[cell.place] != value and cell.version == version


def _write(
    cells: Sequence[Asked],
    wanted: Mapping[Place, Value],
    before: Mapping[Place, StoredMark],
    *,
    by: User | None,
    moment: datetime,
) -> None:
    """Insert and update in the order of the ids, so that two writers cannot wait for each other.

    Where another request was faster between the reading and here, the row does not match any more and stays as it is.
    """
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for cell in sorted(cells, key=lambda cell: cell.place):
        values = {
            "score": wanted[cell.place].score,
            "special": wanted[cell.place].special,
            "updated_by_id": by.id if by else None,
            "updated_at": moment,
        }
        stored = before.get(cell.place)
        if stored:
            changed.append(
                {"old_id": stored.id, "old_version": stored.version, "version": stored.version + 1, **values}
            )
        else:
            fresh.append({"student_id": cell.student, "assessment_id": cell.assessment, "version": 1, **values})
    insert = sqlite.insert if is_sqlite() else postgresql.insert
    if fresh:
        db.session.connection().execute(insert(Mark).on_conflict_do_nothing(), fresh)
    if changed:
        old = (Mark.id == bindparam("old_id")) & (Mark.version == bindparam("old_version"))
        columns = ("version", "score", "special", "updated_by_id", "updated_at")
        statement = update(Mark).where(old).values({column: bindparam(column) for column in columns})
        db.session.connection().execute(statement, sorted(changed, key=lambda row: row["old_id"]))


def _record(
    cells: Sequence[Asked],
    before: Mapping[Place, StoredMark],
    after: Mapping[Place, StoredMark],
    *,
    by: User | None,
    moment: datetime,
    reason: str,
) -> None:
    """One line of the trail for each cell that this request changed."""
    first: list[tuple[int, dict[str, Any]]] = []
    later: list[tuple[int, dict[str, Any]]] = []
    for cell in cells:
        old, new = before.get(cell.place), after[cell.place]
        is_ours = new.at == moment and new.by_id == (by.id if by else None)
        if is_ours and old is None:
            first.append((new.id, {"value": ["", str(new.value)]}))
        elif is_ours and old is not None:
            later.append((new.id, {"value": [str(old.value), str(new.value)]}))
    record_all(CourseworkEvent.MARK_RECORDED, Mark, first, by=by, reason=reason)
    record_all(CourseworkEvent.MARK_CHANGED, Mark, later, by=by, reason=reason)


def _outcome(
    cell: Asked, wanted: Mapping[Place, Value], refused: Mapping[Place, str], after: Mapping[Place, StoredMark]
) -> CellOutcome:
    stored = after.get(cell.place)
    version, by, at = (stored.version, stored.by, stored.at) if stored else (0, "", None)
    if cell.place in refused:
        return CellOutcome(cell, CellStatus.INVALID, cell.value, version, by, at, refused[cell.place])
    value = stored.value if stored else EMPTY
    if value == wanted[cell.place]:
        return CellOutcome(cell, CellStatus.SAVED, str(value), version, by, at)
    message = str(_("%(by)s 改成了 %(value)s。", by=by or _("系统"), value=str(value) or _("空白")))
    return CellOutcome(cell, CellStatus.CONFLICT, str(value), version, by, at, message)
