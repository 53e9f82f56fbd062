"""Cancelling an order, for all of its students or for some: the record is again what it would be without it."""

from collections.abc import Collection

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.orders.dossiers import dossiers_of
from exchange.orders.events import OrderEvent
from exchange.orders.kinds import KINDS
from exchange.orders.models import OrderStatus, StatusOrder
from exchange.orders.service.history import rewrite_history
from exchange.orders.service.later import forbidden_later, newly_forbidden
from exchange.orders.workflow import ORDER_WORKFLOW


class NotCancellable(DomainError):
    """A later order builds on this one, or there is nothing left to cancel."""


def cancel_order(
    order: StatusOrder, *, student_ids: Collection[int] | None = None, reason: str, by: User | None
) -> None:
    """Take the order back for these students, by default for all for whom it stands; all of them or none.

    The order keeps its number. Raises ``InvalidTransition`` and ``NotCancellable``, naming the later order that
    builds on this one.
    """
    if not reason.strip():
        raise NotCancellable(_("写下撤销的理由。"))
    with db.session.begin_nested():
        _cancel(order, student_ids, reason=reason.strip(), by=by)


def _cancel(order: StatusOrder, student_ids: Collection[int] | None, *, reason: str, by: User | None) -> None:
    lock(order)
    transition = ORDER_WORKFLOW.find("cancel", order.status)
    chosen = [each for each in order.standing if student_ids is None or each.student_id in student_ids]
    if not chosen:
        raise NotCancellable(_("选择要撤销的学生。"))
    moment, students = now(), sorted((each.student for each in chosen), key=lambda each: each.id)
    for student in students:
        lock(student)
    former = forbidden_later(order, dossiers_of(students).values())
    for member in chosen:
        member.cancelled_at, member.cancel_reason = moment, reason
    db.session.flush()
    if KINDS[order.kind].changes_state and (
        refusals := rewrite_history(order, chosen, OrderEvent.STATE_RESTORED, by=by)
    ):
        raise NotCancellable("\n".join(refusals))
    if forbidden := newly_forbidden(order, dossiers_of(students).values(), former=former):
        raise NotCancellable("\n".join(forbidden.values()))
    if not order.standing:
        order.status = OrderStatus(transition.target.value)
    numbers = [member.student.student_no for member in chosen]
    record(transition.event, order, by=by, reason=reason, students=numbers)
