"""The courses of a draft: added, changed and taken out. A version in force stays as it was approved."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.i18n import _
from exchange.partners.service.changes import assign
from exchange.programmes import defaults, queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import BasicSubject, CourseKind, PlannedCourse, ProgrammeVersion, VersionStatus
from exchange.programmes.service.refusals import AlreadyThere, InUse, NotADraft, OutOfRange
from exchange.programmes.weights import Weights, problem_of

DECIDES_RESULTS = ("hours", "credits", "pass_score")
"""What results already given were computed or printed with."""
LONGEST_INTERNSHIP = 24  # months


def plan_course(
    version: ProgrammeVersion,
    *,
    code: str,
    name: str,
    kind: CourseKind,
    hours: int,
    credits: Decimal | int,
    term_of_study: int,
    pass_score: int = 60,
    subject: BasicSubject | None = None,
    is_elective: bool | None = None,
    is_core: bool = False,
    practice_hours: int | None = None,
    internship_months: Decimal | None = None,
    weights: Weights = (),
    by: User | None,
) -> PlannedCourse:
    """A course of a draft. What is left out follows from kind and name (``defaults``).

    Raises ``NotADraft``, ``OutOfRange``, ``AlreadyThere`` and, for a course with marks, ``InUse``.
    """
    _lock_draft(version)
    values = _completed(
        {
            "code": code,
            "name": name,
            "kind": kind,
            "subject": subject or defaults.subject_of(kind, name),
            "is_elective": is_elective,
            "is_core": is_core,
            "hours": hours,
            "practice_hours": practice_hours,
            "internship_months": internship_months,
            "credits": Decimal(credits),
            "term_of_study": term_of_study,
            "pass_score": pass_score,
            "weights": weights,
        }
    )
    _check(version, values)
    planned = PlannedCourse(version=version, **values)
    db.session.add(planned)
    record(ProgrammeEvent.COURSE_PLANNED, version, by=by, code=code, name=name)
    return planned


def change_planned(planned: PlannedCourse, *, by: User | None, **values: Any) -> None:
    """Change a course of a draft. Raises like ``plan_course``."""
    _lock_draft(planned.version)
    kept = {column: getattr(planned, column) for column in queries.COURSE_VALUES}
    completed = _completed(kept | values)
    _check(planned.version, completed, planned)
    if changes := assign(planned, completed):
        told = {"code": planned.code, "name": planned.name} | changes
        record(ProgrammeEvent.PLAN_CHANGED, planned.version, by=by, **told)


def remove_planned(planned: PlannedCourse, *, by: User | None) -> None:
    """Take a course out of a draft; marks that it has already stay. Raises ``NotADraft``."""
    _lock_draft(planned.version)
    record(ProgrammeEvent.PLAN_REMOVED, planned.version, by=by, code=planned.code, name=planned.name)
    db.session.delete(planned)


def check_marked_courses(version: ProgrammeVersion, courses: list[Mapping[str, Any]]) -> None:
    """What decides the results of a course that has marks stays as it is. Raises ``InUse``."""
    taught = queries.courses_by_code(version.programme_id)
    known = [taught[each["code"]] for each in courses if each["code"] in taught]
    marked = queries.courses_in_use([course.id for course in known])
    for values in courses:
        course = taught.get(values["code"])
        if course is None or course.id not in marked:
            continue
        if any(values[name] != getattr(course, name) for name in DECIDES_RESULTS):
            raise InUse(
                _(
                    "%(name)s（%(code)s）已经有成绩，学时、学分和及格分不能再改。要改，用新的课程代码另加一门。",
                    name=course.name,
                    code=course.code,
                )
            )


def _lock_draft(version: ProgrammeVersion) -> None:
    lock(version.programme)
    lock(version)
    if version.status is not VersionStatus.DRAFT:
        raise NotADraft(_("这个版本已经批准，不能再改。要改，先起草新版本。"))


def _completed(values: dict[str, Any]) -> dict[str, Any]:
    """With what follows from the kind."""
    kind = values["kind"]
    if values["is_elective"] is None:
        values["is_elective"] = kind in defaults.ELECTIVE
    if values["practice_hours"] is None:
        values["practice_hours"] = defaults.practice_hours(kind, values["hours"])
    values["weights"] = [list(each) for each in values["weights"]]
    return values


def _check(version: ProgrammeVersion, values: Mapping[str, Any], planned: PlannedCourse | None = None) -> None:
    last = 2 * version.programme.length_years
    if not 1 <= values["term_of_study"] <= last:
        raise OutOfRange(_("开课学期要在 1 到 %(last)s 之间。", last=last))
    if values["hours"] <= 0 or values["credits"] < 0 or not 0 <= values["pass_score"] <= 100:
        raise OutOfRange(_("学时要大于 0，学分不能是负数，及格分要在 0 到 100 之间。"))
    if not 0 <= values["practice_hours"] <= values["hours"]:
        raise OutOfRange(_("实践学时要在 0 到 %(hours)s 之间：它是这门课学时的一部分。", hours=values["hours"]))
    _check_kind(values)
    if values["weights"] and (problem := problem_of(values["weights"])):
        raise OutOfRange(problem)
    taken = queries.find_planned(version, values["code"])
    if taken is not None and taken != planned:
        raise AlreadyThere(_("课程代码 %(code)s 在这个版本里已经用了。", code=values["code"]))
    check_marked_courses(version, [values])


def _check_kind(values: Mapping[str, Any]) -> None:
    kind, months = values["kind"], values["internship_months"]
    if kind in defaults.ELECTIVE and not values["is_elective"]:
        raise OutOfRange(_("%(kind)s是选修课，不能写成必修。", kind=kind.label))
    if kind is not CourseKind.BASIC and values["subject"]:
        raise OutOfRange(_("只有文化基础课才选公共基础科目。"))
    if months is None:
        return
    if kind is not CourseKind.POST_INTERNSHIP:
        raise OutOfRange(_("只有顶岗实习才写实习几个月。"))
    if not 0 < months <= LONGEST_INTERNSHIP:
        raise OutOfRange(_("实习要在 0 到 %(most)s 个月之间。", most=LONGEST_INTERNSHIP))
