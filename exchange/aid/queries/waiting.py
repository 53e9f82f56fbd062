"""What aid asks of whom today, one row for each kind of work."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import func, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.aid import policy
from exchange.aid.models import Award
from exchange.aid.queries.impacts import open_impacts
from exchange.aid.values import AwardStatus
from exchange.core.database import db
from exchange.core.i18n import _


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[WaitingRow]:
    """Tasks after changes of status, plans to approve, money to pay; for families what was given."""
    if user.may(Permission.AID_MANAGE):
        return [*_impacts(), *_awards()]
    if user.may(Permission.AID_MINE) and db.session.scalar(policy.own(user).with_only_columns(Award.id).limit(1)):
        title = _("看我的资助") if user.has(Role.STUDENT) else _("看孩子的资助")
        return [WaitingRow(title, _("给了多少、什么时候到账"), url_for("aid.mine"))]
    return []


def counts() -> dict[AwardStatus, int]:
    """Status → how many awards stand in it."""
    counted = select(Award.status, func.count()).group_by(Award.status)
    return {AwardStatus(row[0]): int(row[1]) for row in db.session.execute(counted)}


def _impacts() -> list[WaitingRow]:
    impacts = open_impacts()
    if not impacts:
        return []
    title = _("处理 %(count)s 项学籍异动后的资助", count=len(impacts))
    return [WaitingRow(title, _("暂停、停止、恢复，或告知户籍县"), url_for("aid.impacts"))]


def _awards() -> list[WaitingRow]:
    found, rows = counts(), []
    if planned := found.get(AwardStatus.PLANNED):
        title = _("批准 %(count)s 项资助", count=planned)
        rows.append(WaitingRow(title, _("先看有没有重复"), url_for("aid.ledger", status=AwardStatus.PLANNED.value)))
    if approved := found.get(AwardStatus.APPROVED):
        title = _("发放 %(count)s 项资助", count=approved)
        rows.append(
            WaitingRow(title, _("已批准，还没有到账"), url_for("aid.ledger", status=AwardStatus.APPROVED.value))
        )
    return rows
