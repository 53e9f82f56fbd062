"""Confirming an order: the rules are asked, the number is taken, the record follows."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, is_sqlite, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity
from exchange.orders.audits import demanded
from exchange.orders.dossiers import Dossier, dossiers_of, facts_for
from exchange.orders.events import OrderEvent
from exchange.orders.facts import Facts
from exchange.orders.kinds import KINDS
from exchange.orders.models import OrderSeries, OrderStatus, StatusOrder
from exchange.orders.rules import BOOKS
from exchange.orders.sequence import Contradiction
from exchange.orders.service.history import contradicts, rewrite_history
from exchange.orders.service.later import forbidden_later, newly_forbidden
from exchange.orders.workflow import ORDER_WORKFLOW


class OrderRefused(DomainError):
    """What stands against the order, student by student."""


def findings_of(order: StatusOrder) -> dict[int, list[Finding[Facts]] | str]:
    """Student → what the rules find, or a sentence where the order does not fit into the record at all."""
    return _weigh(order, _dossiers_without(order))


def confirm_order(order: StatusOrder, *, reason: str = "", by: User | None) -> None:
    """Give the order its number and let the records follow; all of its students or none.

    A reason excuses warnings and nothing else. Raises ``InvalidTransition`` and ``OrderRefused``.
    """
    lock(order)
    transition = ORDER_WORKFLOW.find("confirm", order.status)
    for member in sorted(order.members, key=lambda each: each.student_id):
        lock(member.student)
    dossiers = _dossiers_without(order)
    order.excused = _enforce(order, _weigh(order, dossiers), reason)
    for member in order.members:
        member.from_status, member.from_class_id = dossiers[member.student_id].state_before(order)
    order.number, order.status = _next_number(order.effective_on.year), OrderStatus(transition.target.value)
    order.confirmed_by_id, order.confirmed_at = by.id if by else None, now()
    db.session.flush()
    if KINDS[order.kind].changes_state:
        rewrite_history(order, order.members, OrderEvent.STATE_CHANGED, by=by)
    record(transition.event, order, by=by, reason=reason, number=order.number, excused=order.excused)


def note_filing(order: StatusOrder, *, filed_on: date, by: User | None) -> None:
    """The authority was told. Raises ``NotPossible``."""
    lock(order)
    if order.status is not OrderStatus.CONFIRMED or not KINDS[order.kind].is_filed:
        raise NotPossible(_("这张异动单不用备案。"))
    if filed_on > today():
        raise NotPossible(_("备案日期还没有到。"))
    before, order.filed_on = order.filed_on, filed_on
    record(OrderEvent.FILED, order, by=by, filed_on=[before, filed_on])


def _dossiers_without(order: StatusOrder) -> dict[int, Dossier]:
    dossiers = dossiers_of([member.student for member in order.members])
    return {student_id: dossier.without(order) for student_id, dossier in dossiers.items()}


def _weigh(order: StatusOrder, dossiers: Mapping[int, Dossier]) -> dict[int, list[Finding[Facts]] | str]:
    weighed: dict[int, list[Finding[Facts]] | str] = {}
    fitting = []
    for student_id, dossier in dossiers.items():
        try:
            dossier.takes(order)
        except Contradiction as contradiction:
            weighed[student_id] = contradicts(dossier, contradiction, own=order)
        else:
            fitting.append(dossier)
    book = BOOKS[order.kind]
    facts = facts_for(order, fitting)
    demands = demanded(order.kind, [each.student for each in fitting], order.effective_on)
    members = {member.student_id: member for member in order.members}
    following = [each.including(members[each.student.id]) for each in fitting]
    refused = newly_forbidden(order, following, former=forbidden_later(order, fitting))
    found = {student_id: book.findings(each) + demands.get(student_id, []) for student_id, each in facts.items()}
    return weighed | found | refused


def _enforce(order: StatusOrder, weighed: Mapping[int, list[Finding[Facts]] | str], reason: str) -> list[str]:
    """Raise ``OrderRefused`` if anything stands in the way; the codes of the warnings that the reason excuses."""
    misfits: list[str] = []
    refusals: dict[str, list[str]] = {}
    excused: set[str] = set()
    for member in order.members:
        found = weighed[member.student_id]
        if isinstance(found, str):
            misfits.append(found)
            continue
        warnings = [each for each in found if each.rule.severity is Severity.WARN]
        in_the_way = [each for each in found if each.is_demanding] + ([] if reason.strip() else warnings)
        for each in in_the_way:
            refusals.setdefault(each.as_sentence(), []).append(member.student.name)
        excused |= {each.rule.code for each in warnings}
    if misfits or refusals:
        named = [f"{str(_('、')).join(names)}{_('：')}{sentence}" for sentence, names in refusals.items()]
        raise OrderRefused("\n".join(misfits + named))
    return sorted(excused)


def _next_number(year: int) -> str:
    """XJ-2026-0012: without gaps, since whoever takes one holds the row until the order stands."""
    if not is_sqlite():
        db.session.execute(insert(OrderSeries).values(year=year, last=0, created_at=now()).on_conflict_do_nothing())
    series = db.session.scalar(select(OrderSeries).where(OrderSeries.year == year).with_for_update())
    if series is None:
        series = OrderSeries(year=year, last=0)
        db.session.add(series)
    series.last += 1
    db.session.flush()
    return f"XJ-{year}-{series.last:04d}"
