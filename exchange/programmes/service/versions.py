"""Versions of a programme: drafted from the one in force, discarded, approved and put in force."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.attachments.service import attach, remove_all
from exchange.audit.service import record
from exchange.core.database import db, lock, lock_all, today
from exchange.core.i18n import _
from exchange.partners.service.changes import assign
from exchange.programmes import queries
from exchange.programmes.events import ProgrammeEvent
from exchange.programmes.models import Course, PlannedCourse, Programme, ProgrammeVersion, VersionStatus
from exchange.programmes.rules import PROGRAMME, plan_of
from exchange.programmes.service.courses import check_marked_courses
from exchange.programmes.service.refusals import AlreadyThere, NotADraft, OutOfRange
from exchange.programmes.workflow import VERSION_WORKFLOW


def draft_version(programme: Programme, *, by: User | None) -> ProgrammeVersion:
    """A new draft with the courses of the version in force. Raises ``AlreadyThere`` while there is a draft."""
    lock(programme)
    versions = queries.versions_of(programme.id)
    if any(version.status is VersionStatus.DRAFT for version in versions):
        raise AlreadyThere(_("已经有一个草稿。先改完批准，或者放弃它。"))
    version = ProgrammeVersion(programme=programme, number=max((each.number for each in versions), default=0) + 1)
    db.session.add(version)
    in_force = next((each for each in versions if each.status is VersionStatus.IN_FORCE), None)
    if in_force is not None:
        copies = (PlannedCourse(version=version, **_values(each)) for each in queries.planned_courses(in_force))
        db.session.add_all(copies)
    record(ProgrammeEvent.VERSION_DRAFTED, version, by=by, number=version.number)
    return version


def discard_version(version: ProgrammeVersion, *, by: User | None) -> None:
    """Give a draft up. The first version stays: a programme has one. Raises ``NotADraft`` and ``OutOfRange``."""
    lock(version.programme)
    lock(version)
    if version.status is not VersionStatus.DRAFT:
        raise NotADraft(_("这个版本已经批准，不能放弃。"))
    if len(queries.versions_of(version.programme_id)) == 1:
        raise OutOfRange(_("专业只有这一个版本，不能放弃。"))
    record(ProgrammeEvent.VERSION_DISCARDED, version.programme, by=by, number=version.number)
    remove_all(version, by=by)
    for planned in queries.planned_courses(version):
        db.session.delete(planned)
    db.session.flush()
    db.session.delete(version)


def put_in_force(
    version: ProgrammeVersion,
    *,
    approved_on: date,
    approved_by: str,
    document: str = "",
    in_force_from: date | None = None,
    reason: str = "",
    files: Sequence[tuple[str, bytes]] = (),
    by: User | None,
) -> None:
    """Approve a draft; it takes the place of the version in force for all classes of the programme.

    Courses in both keep their sheets and marks, also where hours, credits or the term differ; a course that is left out
    keeps them, too, but is not asked for any more. Raises ``InvalidTransition``, ``OutOfRange``, ``InUse`` and, while
    checks of the programme are not met and no reason is given, ``Unmet``.
    """
    begins_on = in_force_from or today()
    lock(version.programme)
    lock(version)
    VERSION_WORKFLOW.find("put_in_force", version.status)
    if not approved_by.strip():
        raise OutOfRange(_("写明由谁批准。"))
    if not approved_on <= begins_on <= today():
        raise OutOfRange(_("批准的日期不能在施行以后，施行的日期不能在今天以后。"))
    planned = queries.planned_courses(version)
    if not planned:
        raise OutOfRange(_("这个版本还没有课程。先加课程，再批准。"))
    excused = PROGRAMME.enforce(plan_of(version, planned, on=approved_on), reason=reason)
    _replace(queries.version_in_force(version.programme_id), on=begins_on, by=by)
    _teach(version, planned, by=by)
    version.status = VersionStatus.IN_FORCE
    version.approved_on, version.approved_by, version.document = approved_on, approved_by.strip(), document.strip()
    version.in_force_from = begins_on
    told = {"approved_on": approved_on.isoformat(), "approved_by": version.approved_by, "document": version.document}
    unmet = [finding.rule.code for finding in excused]
    record(ProgrammeEvent.VERSION_PUT_IN_FORCE, version, by=by, reason=reason.strip(), unmet=unmet, **told)
    for filename, content in files:
        attach(version, filename=filename, content=content, by=by)


def _replace(version: ProgrammeVersion | None, *, on: date, by: User | None) -> None:
    if version is None:
        return
    if version.in_force_from and on < version.in_force_from:
        raise OutOfRange(_("新版本不能比第 %(number)s 版更早施行。", number=version.number))
    version.status, version.replaced_on = VersionStatus.REPLACED, on
    record(ProgrammeEvent.VERSION_REPLACED, version, by=by)


def _teach(version: ProgrammeVersion, planned: Sequence[PlannedCourse], *, by: User | None) -> None:
    """Make the courses of the programme what the version says. A course is known by its code."""
    taught = queries.courses_by_code(version.programme_id)
    lock_all(Course, [course.id for course in taught.values()])
    check_marked_courses(version, [_values(each) for each in planned])
    for each in planned:
        course = taught.pop(each.code, None)
        if course is None:
            course = Course(programme=version.programme, **_values(each))
            db.session.add(course)
            record(ProgrammeEvent.COURSE_CREATED, course, by=by, code=each.code, name=each.name)
            continue
        if course.removed_in is not None:
            course.removed_in = None
            record(ProgrammeEvent.COURSE_RESUMED, course, by=by, version=version.number)
        if changes := assign(course, _values(each)):
            record(ProgrammeEvent.COURSE_CHANGED, course, by=by, version=version.number, **changes)
    for course in taught.values():
        if course.removed_in is None:
            course.removed_in = version.number
            record(ProgrammeEvent.COURSE_REMOVED, course, by=by, version=version.number)


def _values(planned: PlannedCourse) -> dict[str, Any]:
    return {name: getattr(planned, name) for name in queries.COURSE_VALUES}
