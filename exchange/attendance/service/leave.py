"""Asking for leave, the guardian's yes, the homeroom teacher's decision, and coming back."""

from datetime import date, timedelta
from typing import Any

from exchange.accounts.models import User
from exchange.attendance.events import AttendanceEvent
from exchange.attendance.limits import limit, moment_at
from exchange.attendance.models import LeaveKind, LeaveRequest, LeaveStatus
from exchange.attendance.policy import answers_for
from exchange.attendance.queries.leave import in_the_way
from exchange.attendance.spans import EVENING, MORNING, Moment, Span
from exchange.attendance.workflow import LEAVE_WORKFLOW
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.authority import is_of_age
from exchange.students.models import Student, StudentStatus

Is = LeaveStatus


class NotThese(DomainError):
    """Days that cannot be meant, or that are asked for already."""


class NotAgreed(DomainError):
    """Only who answers for a minor can agree."""


def ask_leave(
    student: Student,
    *,
    kind: LeaveKind,
    starts_on: date,
    ends_on: date,
    first_place: int = MORNING,
    last_place: int = EVENING,
    in_hospital: bool = False,
    reason: str,
    by: User,
) -> LeaveRequest:
    """Ask for leave. For a minor it waits for the guardian first, unless a guardian asks. Raises ``NotThese``."""
    lock(student)  # two requests at the same moment must not overlap
    span = Span(starts_on, first_place, ends_on, last_place)
    _check(student, span)
    is_agreed = is_of_age(student.birth_date, on=today()) or answers_for(by, student)
    leave = LeaveRequest(
        student=student,
        kind=kind,
        in_hospital=in_hospital and kind is LeaveKind.SICK,
        starts_on=starts_on,
        ends_on=ends_on,
        first_place=first_place,
        last_place=last_place,
        reason=reason.strip(),
        status=Is.PENDING if is_agreed else Is.AWAITING_GUARDIAN,
        asked_by_id=by.id,
    )
    if answers_for(by, student):
        leave.agreed_by_id, leave.agreed_at = by.id, now()
    db.session.add(leave)
    record(AttendanceEvent.LEAVE_ASKED, leave, by=by, student=student.student_no, kind=kind, days=_days(leave))
    return leave


def agree(leave: LeaveRequest, *, by: User) -> None:
    """The guardian says yes. Raises ``NotAgreed``."""
    _check_guardian(leave, by)
    _take(leave, "agree", by=by)
    leave.agreed_by_id, leave.agreed_at = by.id, now()


def decline(leave: LeaveRequest, *, by: User) -> None:
    """The guardian says no. Raises ``NotAgreed``."""
    _check_guardian(leave, by)
    _take(leave, "decline", by=by)
    leave.refusal = str(_("监护人不同意。"))


def note_call(leave: LeaveRequest, *, spoken_to: str, by: User) -> None:
    """The guardian has said yes on the phone; the homeroom teacher notes who. Raises ``NotAgreed``."""
    if not spoken_to.strip():
        raise NotAgreed(_("写下和哪位监护人通的电话。"))
    _take(leave, "note-call", by=by)
    leave.spoken_to, leave.agreed_by_id, leave.agreed_at = spoken_to.strip(), by.id, now()


def approve(leave: LeaveRequest, *, by: User) -> None:
    """The leave excuses from now on, also what was noted before."""
    _decide(leave, "approve", by=by)


def refuse(leave: LeaveRequest, *, reason: str, by: User) -> None:
    """Whoever asked reads why. Raises ``NotThese``."""
    if not reason.strip():
        raise NotThese(_("写下为什么不批准，申请人会看到。"))
    _decide(leave, "refuse", by=by)
    leave.refusal = reason.strip()


def withdraw(leave: LeaveRequest, *, by: User) -> None:
    """Whoever asked takes the request back before it is decided."""
    _take(leave, "withdraw", by=by)


def come_back(leave: LeaveRequest, *, by: User) -> None:
    """The student is here again: the leave ends with the lesson before this one, or never began."""
    last = moment_at(now()).before
    if last < leave.span.begins:
        _take(leave, "cancel", by=by)
        return
    _take(leave, "return", by=by, until=last)


def _check(student: Student, span: Span) -> None:
    if student.status is not StudentStatus.REGISTERED:
        raise NotThese(_("%(name)s现在不在读，不用请假。", name=student.name))
    if span.begins > span.ends:
        raise NotThese(_("请假的结束不能早于开始。"))
    most = limit("longest_leave_in_days", today())
    if span.days > most:
        raise NotThese(_("一次最多请 %(days)s 天。更长的，找学籍管理员办休学。", days=most))
    back = limit("days_leave_is_asked_afterwards", today())
    if span.starts_on < today() - timedelta(days=back):
        raise NotThese(_("补假只能补最近 %(days)s 天的。", days=back))
    if other := in_the_way(student, span):
        raise NotThese(
            _(
                "%(first)s 到 %(last)s 已经有一件请假（%(status)s）。先撤回那一件，或换别的日子。",
                first=format_short_date(other.starts_on),
                last=format_short_date(other.ends_on),
                status=other.status.label,
            )
        )


def _check_guardian(leave: LeaveRequest, by: User) -> None:
    if not answers_for(by, leave.student):
        raise NotAgreed(_("只有现在的法定监护人能同意。请和班主任联系。"))


def _take(leave: LeaveRequest, step: str, *, by: User, until: Moment | None = None) -> None:
    lock(leave)
    transition = LEAVE_WORKFLOW.find(step, leave.status)
    former, leave.status = leave.status, LeaveStatus(transition.target.value)
    changes: dict[str, Any] = {"status": [former, leave.status]}
    if until and until < leave.span.ends:
        days = _days(leave)
        leave.ends_on, leave.last_place = until
        changes["days"] = [days, _days(leave)]
    record(transition.event, leave, by=by, **changes)


def _decide(leave: LeaveRequest, step: str, *, by: User) -> None:
    _take(leave, step, by=by)
    leave.decided_by_id, leave.decided_at = by.id, now()


def _days(leave: LeaveRequest) -> list[str]:
    return [f"{leave.starts_on} {leave.first_place}", f"{leave.ends_on} {leave.last_place}"]
