"""Planning a placement and changing what is planned."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.models import Post
from exchange.placements import queries, workflow
from exchange.placements.events import PlacementEvent
from exchange.placements.facts.values import Arranger, Capability, InternshipKind
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.service.records import take, void_what_depends_on_plan
from exchange.students.models import Student, StudentStatus

DAYS_OF_YEAR = 366
REOPENING = frozenset({"post_id", "starts_on", "ends_on", "workplace"})
APPLICATION = ("student_applied_on", "guardian_applied_on", "school_agreed_on")


class PlacementOverlap(DomainError):
    """A student works at one place at a time."""


class NotEnrolled(DomainError):
    """Only who is registered can be placed."""


class InvalidPeriod(DomainError):
    """The last day comes before the first, or the days lie outside of the student's time at the school."""


def plan_placement(
    *,
    student: Student,
    post: Post,
    starts_on: date,
    ends_on: date,
    kind: InternshipKind = InternshipKind.POST,
    arranged_by: Arranger = Arranger.SCHOOL,
    student_applied_on: date | None = None,
    guardian_applied_on: date | None = None,
    school_agreed_on: date | None = None,
    agency: str = "",
    capability: Capability | None = None,
    workplace: str = "",
    directions: str = "",
    instructor: User | None = None,
    instructor_phone: str | None = None,
    mentor_name: str = "",
    mentor_phone: str | None = None,
    by: User | None,
) -> Placement:
    """Draft a placement. Raises ``NotEnrolled``, ``InvalidPeriod`` and ``PlacementOverlap``.

    The three days are those of the application for a host of the student's own choice (article 10).
    """
    lock(student)
    check_enrolment(student)
    _check_period(student, starts_on, ends_on)
    placement = Placement(
        student=student,
        post=post,
        starts_on=starts_on,
        ends_on=ends_on,
        kind=kind,
        arranged_by=arranged_by,
        student_applied_on=student_applied_on,
        guardian_applied_on=guardian_applied_on,
        school_agreed_on=school_agreed_on,
        agency=agency,
        capability=capability,
        workplace=workplace or post.host_organisation.address,
        directions=directions,
        instructor_id=instructor.id if instructor else None,
        instructor_phone=instructor_phone or None,
        mentor_name=mentor_name,
        mentor_phone=mentor_phone or None,
    )
    db.session.add(placement)
    record(PlacementEvent.PLANNED, placement, by=by, post=post.name, starts_on=starts_on, ends_on=ends_on)
    return placement


def check_enrolment(student: Student) -> None:
    """Raise ``NotEnrolled`` for somebody on leave or gone."""
    if student.status is not StudentStatus.REGISTERED:
        raise NotEnrolled(_("%(name)s不在读，不能安排实习。", name=student.name))


def plan_placements(students: Iterable[Student], *, by: User | None, **plan: Any) -> list[Placement]:
    """Draft the same placement for several students: all of them or, if one is refused, none."""
    with db.session.begin_nested():
        return [plan_placement(student=student, by=by, **plan) for student in students]


def change_placement(placement: Placement, *, by: User | None, **values: Any) -> None:
    """Change what is planned, before the first day of work.

    Another post, place or other days void consent, agreement, insurance and the filing for the place (articles 9, 14,
    24, 35), and the approval with them. Another post or place voids lodging, training and exceptions, too, and another
    post the application for a host of the student's own choice.

    Raises ``NotPossible``, ``InvalidPeriod`` and ``PlacementOverlap``.
    """
    take(placement)
    if placement.status not in workflow.CHANGEABLE:
        raise NotPossible(_("实习已经开始或结束，安排不能再改。"))
    _change(placement, values, by=by)


def amend_placement(placement: Placement, *, reason: str, by: User | None, **values: Any) -> None:
    """Change a placement that has begun: another post of the host, another place, a later or an earlier last day.

    It goes on, while everything signed for it is void as after ``change_placement`` and is signed anew. Raises
    ``NotPossible``, ``InvalidPeriod`` and ``PlacementOverlap``.
    """
    take(placement)
    if placement.status is not PlacementStatus.ACTIVE:
        raise NotPossible(_("只有正在进行的实习才能这样变更。"))
    if values.get("starts_on", placement.starts_on) != placement.starts_on:
        raise NotPossible(_("实习已经开始，第一天不能再改。"))
    if values.get("ends_on", placement.ends_on) < today():
        raise NotPossible(_("新的最后一天已经过去。已经离岗的，用提前终止。"))
    post = db.session.get_one(Post, values.get("post_id", placement.post_id))
    if post.host_organisation_id != placement.post.host_organisation_id:
        raise NotPossible(_("换单位要先提前终止，再安排新的实习。"))
    _change(placement, values, by=by, reason=reason)


def _change(placement: Placement, values: Mapping[str, Any], *, by: User | None, reason: str = "") -> None:
    starts_on, ends_on = values.get("starts_on", placement.starts_on), values.get("ends_on", placement.ends_on)
    _check_period(placement.student, starts_on, ends_on, beside=placement.id)
    values = {**values, **_workplace(placement, values), **_application(placement, values)}
    changes: dict[str, Any] = {
        name: [getattr(placement, name), new] for name, new in values.items() if getattr(placement, name) != new
    }
    if not changes:
        return
    for name, (_old, new) in changes.items():
        setattr(placement, name, new)
    if REOPENING & changes.keys():
        is_elsewhere = bool({"post_id", "workplace"} & changes.keys())
        changes["voided"] = void_what_depends_on_plan(placement, is_elsewhere=is_elsewhere)
        if placement.status in workflow.CHANGEABLE:
            placement.status, placement.excused = PlacementStatus.DRAFT, []
    db.session.flush()
    db.session.expire(placement, ["post", "instructor"])
    record(PlacementEvent.CHANGED, placement, by=by, reason=reason, **changes)


def _workplace(placement: Placement, values: Mapping[str, Any]) -> dict[str, str]:
    """Another post is at another place, and an emptied address means that of the host."""
    post_id, workplace = values.get("post_id", placement.post_id), values.get("workplace", placement.workplace)
    stays_at_post, is_written_anew = post_id == placement.post_id, workplace != placement.workplace
    if (workplace and is_written_anew) or (stays_at_post and not is_written_anew):
        return {}
    return {"workplace": db.session.get_one(Post, post_id).host_organisation.address}


def _application(placement: Placement, values: Mapping[str, Any]) -> dict[str, None]:
    """Who applied for one post has not applied for another: what is not signed anew is taken out."""
    if values.get("post_id", placement.post_id) == placement.post_id:
        return {}
    kept = {name: getattr(placement, name) for name in APPLICATION}
    return {name: None for name, former in kept.items() if values.get(name, former) == former}


def _check_period(student: Student, starts_on: date, ends_on: date, *, beside: int | None = None) -> None:
    if ends_on < starts_on:
        raise InvalidPeriod(_("最后一天不能早于第一天。"))
    _check_time_at_school(student, starts_on, ends_on)
    if queries.has_overlap(student.id, starts_on, ends_on, beside=beside):
        raise PlacementOverlap(_("%(name)s在这段时间已有实习安排。", name=student.name))


def _check_time_at_school(student: Student, starts_on: date, ends_on: date) -> None:
    """From the day of entry on, and no longer than the years of study; leave may put the end off by as many again."""
    entry, years = student.enrolled_on, student.school_class.programme.length_years
    latest = date(entry.year + 2 * years, 12, 31)
    if starts_on < entry or ends_on > latest or (ends_on - starts_on).days > DAYS_OF_YEAR * years:
        words = _(
            "%(name)s的实习要在 %(entry)s（入学）到 %(latest)s之间，最长 %(years)s 年。",
            name=student.name,
            entry=format_short_date(entry),
            latest=format_short_date(latest),
            years=years,
        )
        raise InvalidPeriod(words)
