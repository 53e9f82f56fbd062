"""What leave asks of a person today, and what has become of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import ColumnElement, Row, Select, and_, func, or_
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.attendance import policy
from exchange.attendance.limits import limit
from exchange.attendance.models import WAITING, LeaveRequest, LeaveStatus
from exchange.core.counting import naming_few
from exchange.core.database import db, now, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.models import Student

MOST_TOLD = 3
DECIDED = (LeaveStatus.APPROVED, LeaveStatus.REFUSED)
ABOUT = (LeaveRequest.kind, LeaveRequest.starts_on, LeaveRequest.ends_on)


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


class Asked(NamedTuple):
    """How many requests there are, of how many students, and the name of one."""

    requests: int = 0
    students: int = 0
    first: str = ""


def waiting_for(user: User) -> list[WaitingRow]:
    """Leave to agree to for guardians, to decide on for homeroom teachers; the registrar only stands in.

    Families read what was decided for as long as it matters, homeroom teachers what somebody else has decided.
    """
    rows = []
    if user.has(Role.GUARDIAN):
        asked_for = policy.requests_agreeable_by(user).with_only_columns(func.count(LeaveRequest.id))
        rows += _to_agree(db.session.scalar(asked_for) or 0)
    if user.may(Permission.ATTENDANCE_MINE):
        rows += [_answer(leave, user) for leave in _decided(policy.requests_of_family(user))]
    if user.has(Role.HOMEROOM_TEACHER):
        rows += _of_own_class(user)
    return rows


def _decided(scope: Select[LeaveRequest]) -> Sequence[LeaveRequest]:
    decided = scope.where(LeaveRequest.status.in_(DECIDED), _is_news_for_family()).options(
        joinedload(LeaveRequest.student)
    )
    newest = decided.order_by(LeaveRequest.decided_at.desc(), LeaveRequest.id.desc())
    return db.session.scalars(newest.limit(MOST_TOLD)).all()


def _of_own_class(user: User) -> list[WaitingRow]:
    """What waits in the own class, and what somebody else has decided there, in one statement."""
    by_others = and_(LeaveRequest.status.in_(DECIDED), LeaveRequest.decided_by_id != user.id, _is_fresh())
    asked = (
        policy.requests_decidable_by(user)
        .where(or_(LeaveRequest.status.in_(WAITING), by_others))
        .join(Student, Student.id == LeaveRequest.student_id)
        .outerjoin(User, User.id == LeaveRequest.decided_by_id)
        .with_only_columns(
            LeaveRequest.id,
            LeaveRequest.status,
            *ABOUT,
            LeaveRequest.student_id,
            Student.name.label("name"),
            User.name.label("who"),
        )
        .order_by(LeaveRequest.decided_at.desc(), LeaveRequest.id.desc())
    )
    found = db.session.execute(asked).all()
    rows = _to_decide(_asked(found, LeaveStatus.PENDING), _asked(found, LeaveStatus.AWAITING_GUARDIAN))
    return rows + [_by_others(row) for row in found if row.status in DECIDED][:MOST_TOLD]


def _asked(found: Sequence[Row[*tuple[Any, ...]]], status: LeaveStatus) -> Asked:
    waiting = [row for row in found if row.status is status]
    first = min((row.name for row in waiting), default="")
    return Asked(len(waiting), len({row.student_id for row in waiting}), first)


def _is_fresh() -> ColumnElement[bool]:
    return LeaveRequest.decided_at > now() - timedelta(days=limit("days_a_decision_is_told", today()))


def _is_news_for_family() -> ColumnElement[bool]:
    """Until the leave is over; a refusal at least for some days."""
    refused = and_(LeaveRequest.status == LeaveStatus.REFUSED, _is_fresh())
    return or_(LeaveRequest.ends_on >= today(), refused)


def _answer(leave: LeaveRequest, user: User) -> WaitingRow:
    """The student reads of the own leave, a guardian of the child's."""
    url = url_for("attendance.mine", student=leave.student_id)
    is_own, name = leave.student.user_id == user.id, leave.student.name
    if leave.status is LeaveStatus.APPROVED:
        title = _("你的请假批准了") if is_own else _("%(name)s的请假批准了", name=name)
        return WaitingRow(title, _("%(kind)s，%(days)s", kind=leave.kind.label, days=_days(leave)), url)
    title = _("你的请假没有批准") if is_own else _("%(name)s的请假没有批准", name=name)
    return WaitingRow(title, _("%(days)s。看答复", days=_days(leave)), url)


def _by_others(leave: Row[*tuple[Any, ...]]) -> WaitingRow:
    names = {"name": leave.name, "who": leave.who}
    is_approved = leave.status is LeaveStatus.APPROVED
    title = _("%(who)s批准了%(name)s的请假", **names) if is_approved else _("%(who)s没有批准%(name)s的请假", **names)
    url = url_for("attendance.show_leave", leave_id=leave.id)
    return WaitingRow(title, _("%(kind)s，%(days)s", kind=leave.kind.label, days=_days(leave)), url)


def _days(leave: LeaveRequest | Row[*tuple[Any, ...]]) -> str:
    first, last = format_short_date(leave.starts_on), format_short_date(leave.ends_on)
    return first if leave.starts_on == leave.ends_on else str(_("%(first)s 到 %(last)s", first=first, last=last))


def _to_agree(count: int) -> list[WaitingRow]:
    if not count:
        return []
    return [WaitingRow(_("孩子要请假，等您同意"), _("看一看哪天、为什么，再点“同意”"), url_for("attendance.mine"))]


def _to_decide(pending: Asked, awaiting: Asked) -> list[WaitingRow]:
    rows = []
    if count := pending.requests:
        detail = naming_few(pending.first, pending.students, _("监护人已经同意"))
        rows.append(WaitingRow(_("%(count)s 件请假等你批", count=count), detail, url_for("attendance.leave")))
    if count := awaiting.requests:
        title = _("%(count)s 件请假还没有监护人同意", count=count)
        detail = naming_few(awaiting.first, awaiting.students, _("打个电话问监护人，记下来再批"))
        rows.append(WaitingRow(title, detail, url_for("attendance.leave")))
    return rows
