"""Reading orders: lists, pages, what waits, and how the numbers moved."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from flask import url_for
from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.orders import policy
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import OrderMember, OrderStatus, StatusOrder
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student

SHOWN = 5
SORTS = {
    "day": (StatusOrder.effective_on, StatusOrder.id),
    "-day": (StatusOrder.effective_on.desc(), StatusOrder.id.desc()),
}


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def listed(
    scope: Select[StatusOrder], *, q: str = "", kind: str = "", status: str = "", sort: str = ""
) -> Select[StatusOrder]:
    """Orders with their students, the newest first."""
    orders = scope.options(selectinload(StatusOrder.members).joinedload(OrderMember.student))
    if kind in set(OrderKind):
        orders = orders.where(StatusOrder.kind == kind)
    if status in set(OrderStatus):
        orders = orders.where(StatusOrder.status == status)
    if text := q.strip():
        named = select(OrderMember.order_id).join(OrderMember.student)
        found = or_(Student.name.startswith(text, autoescape=True), Student.student_no == text)
        by_paper = or_(StatusOrder.number == text.upper(), StatusOrder.document.contains(text, autoescape=True))
        orders = orders.where(or_(by_paper, StatusOrder.id.in_(named.where(found))))
    return orders.order_by(*SORTS.get(sort, (StatusOrder.id.desc(),)))


def for_page(scope: Select[StatusOrder]) -> Select[StatusOrder]:
    """One order with everything that its page shows."""
    members = selectinload(StatusOrder.members)
    return scope.options(
        members.joinedload(OrderMember.student).joinedload(Student.school_class).joinedload(SchoolClass.programme),
        members.joinedload(OrderMember.from_class),
        joinedload(StatusOrder.to_class).joinedload(SchoolClass.programme),
        joinedload(StatusOrder.drafted_by),
        joinedload(StatusOrder.confirmed_by),
    )


def orders_of(student: Student) -> list[OrderMember]:
    """All orders about a student, drafts too, the latest first."""
    members = select(OrderMember).join(OrderMember.order).where(OrderMember.student_id == student.id)
    everything = members.options(joinedload(OrderMember.order).joinedload(StatusOrder.to_class))
    return list(db.session.scalars(everything.order_by(StatusOrder.effective_on.desc(), StatusOrder.id.desc())))


def leave_ends() -> list[tuple[int, date]]:
    """Student → last day of the leave, for whoever is on leave by a standing order that names one."""
    away = (
        select(OrderMember)
        .join(OrderMember.order)
        .join(OrderMember.student)
        .where(
            StatusOrder.kind == OrderKind.LEAVE,
            StatusOrder.status == OrderStatus.CONFIRMED,
            StatusOrder.effective_on <= today(),
            OrderMember.cancelled_at.is_(None),
            Student.status == KINDS[OrderKind.LEAVE].status,
        )
        .options(joinedload(OrderMember.order))
    )
    last = {}
    for member in db.session.scalars(away.order_by(StatusOrder.effective_on, StatusOrder.id)):
        last[member.student_id] = member.order.evidence.leave_until
    return [(student_id, until) for student_id, until in last.items() if until]


def on_leave_in(scope: Select[Student], class_ids: Collection[int]) -> list[Student]:
    """Who is on leave of absence in these classes today, by pinyin."""
    away = scope.where(Student.school_class_id.in_(class_ids), Student.status == KINDS[OrderKind.LEAVE].status)
    return list(db.session.scalars(away.order_by(Student.pinyin, Student.id)))


def waiting_to_be_filed(scope: Select[StatusOrder]) -> Select[StatusOrder]:
    """Confirmed orders that the authority has to be told of and was not."""
    kinds = [kind for kind, spec in KINDS.items() if spec.is_filed]
    return scope.where(
        StatusOrder.status == OrderStatus.CONFIRMED, StatusOrder.filed_on.is_(None), StatusOrder.kind.in_(kinds)
    )


def drafts(scope: Select[StatusOrder]) -> Select[StatusOrder]:
    """Orders that wait for confirmation."""
    return scope.where(StatusOrder.status == OrderStatus.DRAFT)


def waiting_for(user: User) -> list[WaitingRow]:
    """What orders ask of this person today."""
    if not user.may(Permission.ORDER_CONFIRM):
        return []
    kinds = [kind for kind in OrderKind if user.has(Role.PRINCIPAL) or not KINDS[kind].by_principal]
    unfiled = waiting_to_be_filed(policy.visible_to(user)).with_only_columns(func.count(StatusOrder.id))
    waiting = (
        drafts(policy.visible_to(user))
        .where(StatusOrder.kind.in_(kinds))
        .with_only_columns(StatusOrder.id, StatusOrder.kind, StatusOrder.effective_on)
        .order_by(StatusOrder.effective_on, StatusOrder.id)
        .limit(SHOWN)
        .subquery()
    )
    counted = select(unfiled.scalar_subquery().label("unfiled")).subquery()
    rows = db.session.execute(select(counted.c.unfiled, waiting).outerjoin_from(counted, waiting, true())).all()
    found = [_to_confirm(*draft) for _unfiled, *draft in rows if draft[0] is not None]
    return found + (_to_file(rows[0].unfiled) if user.may(Permission.ORDER_DRAFT) else [])


def _to_confirm(order_id: int, kind: OrderKind, effective_on: date) -> WaitingRow:
    title = _("确认异动单：%(kind)s", kind=OrderKind(kind).label)
    detail = _("%(day)s生效", day=format_short_date(effective_on))
    return WaitingRow(title, detail, url_for("orders.show", order_id=order_id))


def _to_file(count: int) -> list[WaitingRow]:
    if not count:
        return []
    detail = _("%(count)s 张异动单还没有报主管部门", count=count)
    return [WaitingRow(_("报异动备案"), detail, url_for("orders.index", status=OrderStatus.CONFIRMED.value))]
