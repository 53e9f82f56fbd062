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


class Asked(NamedTuple):
    """How many requests there are, of how many students, and the name of one."""

    requests: int = 0
    students: int = 0
    first: str = ""


WHO = (func.count(LeaveRequest.student_id.distinct()), func.min(Student.name))


def waiting_for(user: User) -> list[WaitingRow]:
    """Leave to agree to for guardians, to decide on for homeroom teachers; the registrar only stands in."""
    rows = []
    if user.has(Role.GUARDIAN):
        asked_for = policy.requests_agreeable_by(user).with_only_columns(func.count(LeaveRequest.id))
        rows += _to_agree(db.session.scalar(asked_for) or 0)
    if user.has(Role.HOMEROOM_TEACHER):
        asked = policy.requests_decidable_by(user).where(LeaveRequest.status.in_(WAITING))
        by_status = asked.join(LeaveRequest.student).group_by(LeaveRequest.status)
        counted = by_status.with_only_columns(LeaveRequest.status, func.count(), *WHO)
        found = {row[0]: Asked(*row[1:]) for row in db.session.execute(counted)}
        rows += _to_decide(found.get(LeaveStatus.PENDING, Asked()), found.get(LeaveStatus.AWAITING_GUARDIAN, Asked()))
    return rows


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
