"""The lines of a chase list in words, each with the address of the very cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import Row, select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.attendance.models import RollTime
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.templating import format_date, format_short_date
from exchange.coursework.chase.kinds import ChaseKind
from exchange.coursework.models import MarkSheet
from exchange.coursework.queries.makeups import SAT_AGAIN, all_terms, last_day_of_makeups
from exchange.coursework.queries.outcomes import CourseOutcome, outcomes_of
from exchange.coursework.queries.sheets import SheetLine, lines
from exchange.programmes.models import Term

KINDS = list(ChaseKind)


class Line(NamedTuple):
    """One thing that is missing: what, of which class, what about it, who has to do it, and where."""

    kind: ChaseKind
    what: str
    class_name: str
    detail: str
    owner: str | None
    url: str


def tell(rows: Sequence[Row[Any]], day: date) -> list[Line]:
    """The rows of one page, in a constant number of statements."""
    known = _known_of(rows, day)
    told = ((row, _TELLERS[KINDS[row.place]](row, known)) for row in rows)
    return [Line(KINDS[row.place], what, row.class_name, detail, row.owner, url) for row, (what, detail, url) in told]


@dataclass(frozen=True)
class _Known:
    """What the words of a page take from other records."""

    day: date
    sheets: dict[int, SheetLine]
    terms: list[Term]
    again: dict[tuple[int, int], CourseOutcome]  # student and course

    def sheet(self, row: Row[Any]) -> MarkSheet:
        return self.sheets[row.sheet_id].sheet


def _known_of(rows: Sequence[Row[Any]], day: date) -> _Known:
    wanted = select(MarkSheet).where(MarkSheet.id.in_({row.sheet_id for row in rows if row.sheet_id}))
    wanted = wanted.options(joinedload(MarkSheet.term))
    wanted = wanted.options(joinedload(MarkSheet.teacher).options(lazyload(User.assignments)))
    sheets = {line.sheet.id: line for line in lines(list(db.session.scalars(wanted)))}
    failed = [row for row in rows if KINDS[row.place] is ChaseKind.MAKEUP]
    ends = outcomes_of(
        {row.student_id for row in failed}, courses={sheets[row.sheet_id].sheet.course_id for row in failed}
    )
    again = {(student, end.course.id): end for student, found in ends.items() for end in found}
    return _Known(day, sheets, all_terms(), again)


Told = tuple[str, str, str]
"""What is missing, what there is to know about it, and the address."""


def _mark(row: Row[Any], _known: _Known) -> Told:
    cell = f"m.{row.student_id}.{row.assessment_id}"
    url = url_for("coursework.sheet", sheet_id=row.sheet_id, _anchor=cell)
    return str(_("%(student)s：%(course)s · %(assessment)s", **_names(row))), str(_("空着，没有成绩")), url


def _sheet(row: Row[Any], known: _Known) -> Told:
    line = known.sheets[row.sheet_id]
    ends_on = format_short_date(line.sheet.term.ends_on)
    missing = _("还缺 %(count)s 个成绩", count=line.missing) if line.missing else _("成绩已录齐")
    detail = _("%(missing)s，学期 %(day)s 结束", missing=missing, day=ends_on)
    url = url_for("coursework.sheet", sheet_id=row.sheet_id, _anchor="missing" if line.missing else None)
    return row.course, str(detail), url


def _to_confirm(row: Row[Any], known: _Known) -> Told:
    teacher = known.sheet(row).teacher.name
    return row.course, str(_("%(teacher)s已提交", teacher=teacher)), url_for("coursework.sheet", sheet_id=row.sheet_id)


def _to_publish(row: Row[Any], _known: _Known) -> Told:
    return row.course, str(_("成绩已确认")), url_for("coursework.sheet", sheet_id=row.sheet_id)


def _makeup(row: Row[Any], known: _Known) -> Told:
    end = known.again.get((row.student_id, known.sheet(row).course_id))
    url = url_for("coursework.attempts", sheet_id=row.sheet_id, _anchor=f"student-{row.student_id}")
    what = str(_("%(student)s：%(course)s", student=row.student, course=row.course))
    return what, _next_of(end, last_day_of_makeups(known.sheet(row).term, known.terms), known.day), url


def _next_of(end: CourseOutcome | None, last_day: date | None, day: date) -> str:
    kind = end.outcome.next if end else None
    if end is None or kind not in SAT_AGAIN:
        return ""  # was made good on a later sheet; the page of the sheet tells
    if last_day is None:
        return str(_("%(kind)s，下学期开学头两周考", kind=kind.label))
    names = {"kind": kind.label, "day": format_short_date(last_day)}
    return str(
        _("%(kind)s，应在 %(day)s 前考完", **names) if day > last_day else _("%(kind)s，%(day)s 前考完", **names)
    )


def _roll(row: Row[Any], _known: _Known) -> Told:
    url = url_for("attendance.roll", class_id=row.class_id, day=row.day.isoformat(), time=RollTime.DAY.value)
    return format_date(row.day), str(_("这一天一次名都没有点")), url


def _conduct(row: Row[Any], known: _Known) -> Told:
    term = next(each for each in known.terms if each.id == row.term_id)
    place = {"term_id": row.term_id, "class_id": row.class_id, "_anchor": f"student-{row.student_id}"}
    detail = _("还有 %(count)s 名学生没有评定", count=row.number)
    return str(term.label), str(detail), url_for("conduct.show_class", **place)


def _names(row: Row[Any]) -> dict[str, str]:
    return {"student": row.student, "course": row.course, "assessment": row.assessment}


_TELLERS: dict[ChaseKind, Callable[[Row[Any], _Known], Told]] = {
    ChaseKind.MARK: _mark,
    ChaseKind.SHEET: _sheet,
    ChaseKind.CONFIRM: _to_confirm,
    ChaseKind.PUBLISH: _to_publish,
    ChaseKind.MAKEUP: _makeup,
    ChaseKind.ROLL: _roll,
    ChaseKind.CONDUCT: _conduct,
}
