"""What the life of students asks of a person today."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.counting import naming_few
from exchange.core.database import db, now, today
from exchange.core.i18n import _
from exchange.welfare import policy
from exchange.welfare.models import MorningTally
from exchange.welfare.queries.attrition import count_by_actor
from exchange.welfare.queries.contacts import overdue
from exchange.welfare.queries.travel import to_confirm
from exchange.welfare.rules.attrition import Actor

LATEST = select(MorningTally.candidates).order_by(MorningTally.day.desc()).limit(1).scalar_subquery()


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[WaitingRow]:
    """Who should have arrived comes first; then candidates for the registrar, the own class for its teacher."""
    if not user.may(Permission.WELFARE_RECORD):
        return []
    unconfirmed = to_confirm(policy.seats_confirmable_by(user), now())
    if user.may(Permission.WELFARE_MANAGE):
        *arriving, candidates = db.session.execute(select(*unconfirmed, LATEST)).one()
        return _to_confirm(*arriving) + _to_decide(candidates or 0)
    silent = overdue(policy.students_of(user), today())
    found = db.session.execute(select(*unconfirmed, *silent)).one()
    counts = count_by_actor(policy.students_of(user), today())
    return _to_confirm(*found[:2]) + _to_act(counts[Actor.HOMEROOM_TEACHER]) + _to_call(*found[2:])


def _to_confirm(count: int, first: str | None) -> list[WaitingRow]:
    if not count:
        return []
    title = _("%(count)s 名学生应该到了，还没有人确认", count=count)
    detail = naming_few(first, count, _("打电话给监护人，点“到家”"))
    return [WaitingRow(title, detail, url_for("welfare.travel"))]


def _to_decide(count: int) -> list[WaitingRow]:
    """As counted in the morning, for the whole school."""
    if not count:
        return []
    title = _("流失预警：%(count)s 名学生等学籍管理员处理", count=count)
    return [WaitingRow(title, _("通知监护人、公告或由学校决定"), url_for("welfare.index"))]


def _to_act(count: int) -> list[WaitingRow]:
    if not count:
        return []
    title = _("流失预警：班里 %(count)s 名学生要联系", count=count)
    return [WaitingRow(title, _("谈话、打电话给监护人"), url_for("welfare.index"))]


def _to_call(count: int, first: str | None) -> list[WaitingRow]:
    if not count:
        return []
    title = _("%(count)s 名学生的家里 30 天没有联系了", count=count)
    detail = naming_few(first, count, _("打个电话，记下说了什么"))
    return [WaitingRow(title, detail, url_for("welfare.choose_class"))]
