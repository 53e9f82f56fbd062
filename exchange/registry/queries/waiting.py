"""What waits for a person: deadlines, records of the own class, the correction list."""

from datetime import timedelta

from flask import url_for

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.counting import in_figures
from exchange.core.database import today
from exchange.core.i18n import _
from exchange.registry.queries import board, corrections
from exchange.registry.requirements import settings
from exchange.registry.values import Actor

Rows = list[tuple[str, str, str]]
SHOWN_BATCHES = 2


def waiting_for(user: User) -> Rows:
    """Title, detail and address of each piece of work."""
    if not user.may(Permission.REGISTRY_VIEW):
        return []
    rows = _deadlines(user) + _corrections() if user.may(Permission.REGISTRY_MANAGE) else []
    if user.has(Role.HOMEROOM_TEACHER):
        rows += _to_ask(
            user, Actor.HOMEROOM_TEACHER, _("补齐 %(count)s 名学生的学籍信息"), _("只有你能向学生或家长问到")
        )
    if user.has(Role.AID_OFFICER):
        rows += _to_ask(user, Actor.AID_OFFICER, _("登记 %(count)s 名学生的困难类型"), _("报送学籍要用"))
    return rows


def _deadlines(user: User) -> Rows:
    """Batches that are not sent yet and whose day is near or has just gone by."""
    oldest = today() - timedelta(days=settings().looking_back_days)
    due = [
        row
        for row in board.batches(user)
        if row.unsent and row.batch.due >= oldest and row.batch.warning(today()) is not None
    ]
    return [(_title(row), _detail(row), url_for("registry.index", batch=row.batch.key)) for row in due[:SHOWN_BATCHES]]


def _title(row: board.BatchCount) -> str:
    left = row.batch.days_left(today())
    if left < 0:
        return _("%(batch)s已过期 %(days)s 天", batch=row.batch.title, days=-left)
    return _("%(batch)s还有 %(days)s 天", batch=row.batch.title, days=left)


def _detail(row: board.BatchCount) -> str:
    return _("%(incomplete)s 条不完整，%(unsent)s 条没有报送", incomplete=row.incomplete, unsent=row.unsent)


def _corrections() -> Rows:
    counts = corrections.counts()
    open_, numbers, overdue = counts[""], counts[corrections.NUMBERS], counts[corrections.OVERDUE]
    rows: Rows = []
    if open_ or overdue:
        late = _("%(count)s 条超过 %(days)s 天", count=overdue, days=settings().overdue_after_days) if overdue else ""
        title = _("处理更正清单：%(count)s 条", count=in_figures(open_))
        show = corrections.OVERDUE if overdue and not open_ else None
        rows.append((title, late, url_for("registry.corrections", show=show)))
    if numbers:
        title = _("登记 %(count)s 个学籍号", count=in_figures(numbers))
        address = url_for("registry.corrections", show=corrections.NUMBERS)
        rows.append((title, _("全国系统已经给出"), address))
    return rows


def _to_ask(user: User, actor: Actor, title: str, detail: str) -> Rows:
    count = board.missing_for(user, actor)
    address = url_for("registry.students", who=actor.value)
    return [(str(title) % {"count": count}, detail, address)] if count else []
