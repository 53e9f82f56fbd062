"""What leave asks of a person today."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import func

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.attendance import policy
from exchange.attendance.models import WAITING, LeaveRequest, LeaveStatus
from exchange.core.counting import naming_few
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.students.models import Student


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[WaitingRow]:
    """Leave to agree to for guardians, to decide on for homeroom teachers; the registrar only stands in."""
    rows = []
    if user.has(Role.GUARDIAN):
        asked_for = policy.requests_agreeable_by(user).with_only_columns(func.count(LeaveRequest.id))
        rows += _to_agree(db.session.scalar(asked_for) or 0)
    if user.has(Role.HOMEROOM_TEACHER):
        asked = policy.requests_decidable_by(user).where(LeaveRequest.status.in_(WAITING))
        by_status = asked.join(LeaveRequest.student).group_by(LeaveRequest.status)
        counted = by_status.with_only_columns(LeaveRequest.status, func.count(), func.min(Student.name))
        found = {status: (count, first) for status, count, first in db.session.execute(counted)}
        rows += _to_decide(found.get(LeaveStatus.PENDING, (0, "")), found.get(LeaveStatus.AWAITING_GUARDIAN, (0, "")))
    return rows


def _to_agree(count: int) -> list[WaitingRow]:
    if not count:
        return []
    return [WaitingRow(_("孩子要请假，等您同意"), _("看一看哪天、为什么，再点“同意”"), url_for("attendance.mine"))]


def _to_decide(pending: tuple[int, str], awaiting: tuple[int, str]) -> list[WaitingRow]:
    rows = []
    if count := pending[0]:
        detail = naming_few(pending[1], count, _("监护人已经同意"))
        rows.append(WaitingRow(_("%(count)s 件请假等你批", count=count), detail, url_for("attendance.leave")))
    if count := awaiting[0]:
        title = _("%(count)s 件请假还没有监护人同意", count=count)
        detail = naming_few(awaiting[1], count, _("打个电话问监护人，记下来再批"))
        rows.append(WaitingRow(title, detail, url_for("attendance.leave")))
    return rows
