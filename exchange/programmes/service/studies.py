"""Setting up programmes of study and their courses, and correcting a course."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.i18n import _
from exchange.partners.service.changes import assign
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Course, CourseKind, Programme
from exchange.programmes.service.refusals import AlreadyThere, InUse, OutOfRange
from exchange.reference.majors import majors_of

LONGEST_YEARS = 5
DECIDES_RESULTS = ("code", "credits", "pass_score")
"""What results already given were computed or printed with."""


def create_programme(
    *, major: str, name: str = "", intake_year: int, length_years: int = 3, by: User | None
) -> Programme:
    """The programme of study of a major for one intake; without a name it is called like the major.

    Raises ``OutOfRange`` and ``AlreadyThere``.
    """
    known = majors_of(intake_year).get(major)
    if known is None:
        raise OutOfRange(_("%(year)s级用的专业目录里没有代码 %(major)s。", year=intake_year, major=major[:20]))
    if not 1 <= length_years <= LONGEST_YEARS:
        raise OutOfRange(_("学制要在 1 到 %(most)s 年之间。", most=LONGEST_YEARS))
    if queries.find_programme(major, intake_year) is not None:
        raise AlreadyThere(_("%(year)s级已有专业代码 %(major)s 的专业。", year=intake_year, major=major))
    programme = Programme(major=major, name=name or known.name, intake_year=intake_year, length_years=length_years)
    db.session.add(programme)
    record(ProgrammeEvent.PROGRAMME_CREATED, programme, by=by, major=major, intake_year=intake_year)
    return programme


def create_course(
    *,
    programme: Programme,
    code: str,
    name: str,
    kind: CourseKind,
    hours: int,
    credits: Decimal | int,
    term_of_study: int,
    pass_score: int = 60,
    by: User | None,
) -> Course:
    """One course of a programme. Raises ``OutOfRange`` and ``AlreadyThere``."""
    values = {
        "code": code,
        "name": name,
        "kind": kind,
        "hours": hours,
        "credits": Decimal(credits),
        "term_of_study": term_of_study,
        "pass_score": pass_score,
    }
    _check_course(programme, values)
    course = Course(programme=programme, **values)
    db.session.add(course)
    record(ProgrammeEvent.COURSE_CREATED, course, by=by, code=code, name=name)
    return course


def change_course(course: Course, *, by: User | None, **values: Any) -> None:
    """Correct what is written of a course; what decides results stays once it has mark sheets.

    Raises ``OutOfRange``, ``AlreadyThere`` and ``InUse``.
    """
    lock(course)
    wanted = {name: getattr(course, name) for name in ("code", "hours", "credits", "term_of_study", "pass_score")}
    _check_course(course.programme, wanted | values, course)
    changed = [name for name in DECIDES_RESULTS if values.get(name, getattr(course, name)) != getattr(course, name)]
    if changed and queries.is_in_use(course):
        raise InUse(_("%(name)s已经有成绩单，课程代码、学分和及格分不能再改。", name=course.name))
    if changes := assign(course, values):
        record(ProgrammeEvent.COURSE_CHANGED, course, by=by, **changes)


def _check_course(programme: Programme, values: Mapping[str, Any], course: Course | None = None) -> None:
    last = 2 * programme.length_years
    if not 1 <= values["term_of_study"] <= last:
        raise OutOfRange(_("开课学期要在 1 到 %(last)s 之间。", last=last))
    if values["hours"] <= 0 or values["credits"] < 0 or not 0 <= values["pass_score"] <= 100:
        raise OutOfRange(_("学时要大于 0，学分不能是负数，及格分要在 0 到 100 之间。"))
    taken = queries.find_course(programme, values["code"])
    if taken is not None and taken != course:
        raise AlreadyThere(_("课程代码 %(code)s 在这个专业里已经用了。", code=values["code"]))
