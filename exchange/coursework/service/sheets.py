"""The life of a sheet: opened for a class, handed in, confirmed by somebody else, published, locked; and back."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.coursework import policy, queries
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import Assessment, MarkSheet, Scale, SheetStatus
from exchange.coursework.queries import Grid
from exchange.coursework.scales import HIGHEST
from exchange.coursework.workflow import NEEDS_REASON, SHEET_WORKFLOW
from exchange.programmes.models import Course, SchoolClass, Term
from exchange.programmes.weights import problem_of

MOST_NAMED = 5


class SheetProblem(DomainError):
    """A sheet that cannot be opened or changed like this."""


class SamePerson(SheetProblem):
    """Nobody confirms what he or she has handed in."""


class MarksMissing(DomainError):
    """A sheet with empty cells is not handed in."""


def open_sheet(
    *,
    course: Course,
    school_class: SchoolClass,
    term: Term,
    teacher: User,
    assessments: Sequence[tuple[str, int, int]],
    scale: Scale = Scale.HUNDRED,
    by: User | None,
) -> MarkSheet:
    """Give a course to a class in a term; assessments are (name, weight in percent, maximum).

    On a scale of levels every maximum is that of the points.

    Raises ``SheetProblem``: weights must sum to 100, names differ, the course stand in the programme of the class.
    """
    if scale is not Scale.HUNDRED:
        assessments = [(name, weight, HIGHEST) for name, weight, _maximum in assessments]
    _check_assessments(assessments)
    if course.programme_id != school_class.programme_id:
        raise SheetProblem(_("“%(course)s”不是%(name)s的专业课程。", course=course.name, name=school_class.name))
    lock(course)  # a new version of the programme may be put in force at this moment
    if course.removed_in is not None:
        raise SheetProblem(_("现在的培养方案里没有“%(course)s”，不能再建成绩单。", course=course.name))
    same = select(MarkSheet.id).where(
        MarkSheet.course_id == course.id, MarkSheet.school_class_id == school_class.id, MarkSheet.term_id == term.id
    )
    if db.session.scalar(same) is not None:
        names = {"name": school_class.name, "course": course.name}
        raise SheetProblem(_("%(name)s这学期的“%(course)s”已经有成绩单。", **names))
    sheet = MarkSheet(course=course, school_class=school_class, term=term, teacher=teacher, scale=scale)
    db.session.add(sheet)
    db.session.add_all(
        Assessment(sheet=sheet, name=name, weight=weight, maximum=maximum, position=position)
        for position, (name, weight, maximum) in enumerate(assessments)
    )
    columns = [list(assessment) for assessment in assessments]
    record(CourseworkEvent.SHEET_OPENED, sheet, by=by, teacher=teacher.name, scale=scale.value, assessments=columns)
    return sheet


def change_status(sheet: MarkSheet, name: str, *, by: User | None, reason: str = "") -> None:
    """Move the sheet along its workflow and record the step.

    Raises ``InvalidTransition``, ``MarksMissing``, ``SamePerson`` and, where a reason is needed and none is given,
    ``SheetProblem``.
    """
    lock(sheet)
    transition = SHEET_WORKFLOW.find(name, sheet.status)
    if name in NEEDS_REASON and not reason.strip():
        raise SheetProblem(_("退回或重新打开要写明理由。"))
    if name == "submit":
        _check_complete(queries.grid(sheet))
        sheet.submitted_by_id = by.id if by else None
        sheet.handed_in_at = sheet.handed_in_at or now()
    if name == "confirm" and by and policy.is_maker(by, sheet):
        raise SamePerson(_("自己任教或自己提交的成绩不能自己确认，请另一位老师确认。"))
    old, sheet.status = sheet.status, cast(SheetStatus, transition.target)
    record(transition.event, sheet, by=by, reason=reason.strip(), status=[old.value, sheet.status.value])


def submit_sheet(sheet: MarkSheet, *, by: User | None) -> None:
    """Hand the sheet in. Raises ``MarksMissing``, which names whose marks are missing."""
    change_status(sheet, "submit", by=by)


def confirm_sheet(sheet: MarkSheet, *, by: User | None) -> None:
    """Say that the marks are right. Raises ``SamePerson`` for who taught or handed in."""
    change_status(sheet, "confirm", by=by)


def publish_sheet(sheet: MarkSheet, *, by: User | None) -> None:
    """Let students and guardians see the results."""
    change_status(sheet, "publish", by=by)


def lock_sheet(sheet: MarkSheet, *, by: User | None) -> None:
    """Close the sheet for good."""
    change_status(sheet, "lock", by=by)


def return_sheet(sheet: MarkSheet, *, by: User | None, reason: str) -> None:
    """Send a sheet that nobody has seen yet back to the teacher."""
    change_status(sheet, "return", by=by, reason=reason)


def reopen_sheet(sheet: MarkSheet, *, by: User | None, reason: str) -> None:
    """Open a published or locked sheet again; students no longer see its results."""
    change_status(sheet, "reopen", by=by, reason=reason)


def _check_assessments(assessments: Sequence[tuple[str, int, int]]) -> None:
    if any(not 1 <= weight <= 100 or not 1 <= maximum <= 1000 for _name, weight, maximum in assessments):
        raise SheetProblem(_("占比要在 1 到 100 之间，满分要在 1 到 1000 之间。"))
    if problem := problem_of([(name, weight) for name, weight, _maximum in assessments]):
        raise SheetProblem(problem)


def _check_complete(grid: Grid) -> None:
    if not any(row.student.is_expected for row in grid.rows):
        raise MarksMissing(_("这个班还没有学生，成绩单是空的。"))
    if not grid.missing:
        return
    missing = [
        str(_("%(student)s（%(assessment)s）", student=row.student.name, assessment=cell.assessment.name))
        for row in grid.rows
        for cell in row.missing
    ]
    named = str(_("、")).join(missing[:MOST_NAMED])
    if len(missing) > MOST_NAMED:
        raise MarksMissing(_("还缺 %(count)s 个成绩，先补上：%(named)s 等。", count=len(missing), named=named))
    raise MarksMissing(_("还缺 %(count)s 个成绩，先补上：%(named)s。", count=len(missing), named=named))
