"""What logs ask of a student and of the instructor today."""

from flask import url_for
from sqlalchemy import Row, case, func, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.journals import policy
from exchange.journals.models import WeeklyLog
from exchange.journals.queries.logs import tallies
from exchange.journals.values import Mood, Review
from exchange.journals.weeks import begun
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.queries import WaitingRow
from exchange.students.models import Student

MOST = 5


def waiting_for(user: User) -> list[WaitingRow]:
    """The own log for a student; for the instructor whom to call and what to read."""
    if user.has(Role.STUDENT):
        return _to_write(user)
    if user.has(Role.INSTRUCTOR) and user.may(Permission.JOURNAL_REVIEW):
        return _to_read(user)
    return []


def _to_write(user: User) -> list[WaitingRow]:
    rows = policy.written_by(user).where(Placement.status == PlacementStatus.ACTIVE)
    placement = db.session.scalar(rows.order_by(Placement.starts_on.desc()).limit(1))
    if placement is None or not begun(placement, today()):
        return []
    missing = tallies([placement])[placement.id].missing
    if not missing:
        return []
    title = _("写实习周志：还差 %(count)s 周", count=missing)
    return [WaitingRow(title, _("五分钟写一周，没有网络也能写"), url_for("journals.mine"))]


def _to_read(user: User) -> list[WaitingRow]:
    """Whoever asks for a call comes first, each by name."""
    ids = policy.reviewable_by(user).with_only_columns(Placement.id)
    asks = func.max(case((WeeklyLog.mood == Mood.HELP, 1), else_=0))
    rows = (
        select(Placement.id, Student.name, func.count(), asks.label("asks"))
        .join(WeeklyLog, WeeklyLog.placement_id == Placement.id)
        .join(Student, Student.id == Placement.student_id)
        .where(WeeklyLog.status == Review.SUBMITTED, Placement.id.in_(ids))
        .group_by(Placement.id, Student.name)
        .order_by(asks.desc(), Placement.id)
    )
    found = db.session.execute(rows).all()
    shown = [_call(row) for row in found if row.asks][:MOST]
    if count := sum(row[2] for row in found):
        detail = _("写好的学生在等你的话")
        shown.append(WaitingRow(_("看 %(count)s 篇实习周志", count=count), detail, url_for("journals.index")))
    return shown


def _call(row: Row[*tuple[int, str, int, int]]) -> WaitingRow:
    url = url_for("journals.show", placement_id=row[0])
    return WaitingRow(_("%(name)s想请老师联系", name=row[1]), _("写在实习周志里，今天就打电话"), url)
