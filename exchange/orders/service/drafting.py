"""Drafting an order, changing the draft, throwing it away."""

from collections.abc import Collection, Sequence
from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.orders.events import OrderEvent
from exchange.orders.evidence import Evidence
from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.models import OrderMember, OrderStatus, StatusOrder
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student


class NotDraftable(DomainError):
    """Nobody to write about, or nowhere to move to."""


def draft_order(
    *,
    kind: OrderKind,
    students: Sequence[Student],
    effective_on: date,
    to_class: SchoolClass | None = None,
    document: str = "",
    reason: str = "",
    evidence: Evidence | None = None,
    by: User | None,
) -> StatusOrder:
    """Write down a decision about one or more students; nothing changes before it is confirmed."""
    _check(kind, students, to_class)
    order = StatusOrder(
        kind=kind,
        effective_on=effective_on,
        to_class=to_class if KINDS[kind].moves_class else None,
        document=document,
        reason=reason or None,
        evidence_document=(evidence or Evidence()).as_document(),
        drafted_by_id=by.id if by else None,
        members=[OrderMember(student=student) for student in students],
    )
    db.session.add(order)
    record(OrderEvent.DRAFTED, order, by=by, kind=kind, students=[student.student_no for student in students])
    return order


def change_draft(
    order: StatusOrder,
    *,
    students: Sequence[Student],
    effective_on: date,
    to_class: SchoolClass | None = None,
    document: str = "",
    reason: str = "",
    evidence: Evidence | None = None,
    by: User | None,
) -> None:
    """Put the draft as it is now. Raises ``NotPossible`` once it is confirmed."""
    _take_draft(order)
    _check(order.kind, students, to_class)
    wanted = {student.id: student for student in students}
    order.effective_on, order.document, order.reason = effective_on, document, reason or None
    order.to_class = to_class if KINDS[order.kind].moves_class else None
    order.evidence_document = (evidence or Evidence()).as_document()
    kept = [member for member in order.members if member.student_id in wanted]
    present = {member.student_id for member in kept}
    order.members = kept + [OrderMember(student=wanted[each]) for each in wanted if each not in present]
    record(OrderEvent.CHANGED, order, by=by, students=[student.student_no for student in students])


def leave_out(order: StatusOrder, students: Collection[Student], *, by: User | None) -> None:
    """Go on with the others only. Raises ``NotPossible`` once it is confirmed, ``NotDraftable`` if nobody remains."""
    _take_draft(order)
    gone = {student.id for student in students}
    kept = [member for member in order.members if member.student_id not in gone]
    if not kept:
        raise NotDraftable(_("这样就没有学生了。不办了就作废草稿。"))
    order.members = kept
    numbers = [student.student_no for student in students]
    record(OrderEvent.CHANGED, order, by=by, students=[each.student.student_no for each in kept], left_out=numbers)


def discard_draft(order: StatusOrder, *, by: User | None) -> None:
    """Throw the draft away; the trail keeps that there was one."""
    _take_draft(order)
    record(OrderEvent.DISCARDED, order, by=by, kind=order.kind)
    db.session.delete(order)
    db.session.flush()


def _take_draft(order: StatusOrder) -> None:
    lock(order)
    if order.status is not OrderStatus.DRAFT:
        raise NotPossible(_("异动单已经确认，不能再改；写错了就撤销，再开一张。"))


def _check(kind: OrderKind, students: Sequence[Student], to_class: SchoolClass | None) -> None:
    if not students:
        raise NotDraftable(_("至少选一名学生。"))
    if KINDS[kind].moves_class and to_class is None:
        raise NotDraftable(_("选好要去的班级。"))
