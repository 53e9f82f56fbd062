"""The payments of internships, what the law says of each, and where pay is late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy import Select, select

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity
from exchange.pay import policy
from exchange.pay.limits import limit
from exchange.pay.models import PayReceipt
from exchange.pay.months import add_months, months_between
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Pay
from exchange.placements.facts.document import Placement as Arrangement
from exchange.placements.facts.document import Post as PostFacts
from exchange.placements.facts.values import Step
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.queries import WaitingRow, with_people
from exchange.placements.rules import PAY
from exchange.placements.rules.limits import number

WATCHED = (PlacementStatus.ACTIVE, PlacementStatus.ENDED)
ON_PAY = tuple(rule.code for rule in PAY.own)


@dataclass(frozen=True)
class Judged:
    """One payment with what breaks the rules on pay."""

    payment: PayReceipt
    findings: tuple[Finding[Facts], ...]

    @property
    def is_forbidden(self) -> bool:
        return any(each.rule.severity is Severity.BLOCK for each in self.findings)


@dataclass(frozen=True)
class PayState:
    """How the pay of one internship stands today."""

    payments: tuple[Judged, ...]
    late_since: date | None

    @property
    def is_forbidden(self) -> bool:
        return any(each.is_forbidden for each in self.payments)

    @property
    def is_low(self) -> bool:
        return any(each.findings for each in self.payments)

    @property
    def is_fine(self) -> bool:
        return not self.is_low and self.late_since is None


def standing(placement_ids: Iterable[int]) -> dict[int, list[PayReceipt]]:
    """Placement → its payments, the latest period first; one statement."""
    found: dict[int, list[PayReceipt]] = {each: [] for each in placement_ids}
    rows = select(PayReceipt).where(PayReceipt.placement_id.in_(list(found)), PayReceipt.withdrawn_at.is_(None))
    for payment in db.session.scalars(rows.order_by(PayReceipt.covers_to.desc(), PayReceipt.id.desc())):
        found[payment.placement_id].append(payment)
    return found


def states(placements: Sequence[Placement]) -> dict[int, PayState]:
    """Placement → how its pay stands today."""
    payments = standing([each.id for each in placements])
    return {each.id: _state(each, payments[each.id]) for each in placements}


def _state(placement: Placement, payments: list[PayReceipt]) -> PayState:
    judged = tuple(Judged(each, _findings(placement, each)) for each in payments)
    due = due_on(placement, payments)
    return PayState(judged, due if due and due < today() else None)


def _findings(placement: Placement, payment: PayReceipt) -> tuple[Finding[Facts], ...]:
    """What the rules on pay, and only they, say of this payment."""
    facts = Facts(
        step=Step.PAY,
        placement=Arrangement(capability=placement.capability, start=placement.starts_on),
        post=PostFacts(wage=placement.post.wage, lowest_grade_wage=placement.post.lowest_grade_wage),
        pay=pay_of(payment),
    )
    return tuple(each for each in PAY.findings(facts) if each.rule.code in ON_PAY)


def pay_of(payment: PayReceipt) -> Pay:
    """The payment as the rules read it; the cycle is the time that one payment covers."""
    return Pay(
        amount=payment.amount,
        cycle_months=months_between(payment.covers_from, payment.covers_to),
        method=payment.method,
        payee=payment.payee,
        payer=payment.payer,
    )


def due_on(placement: Placement, payments: Sequence[PayReceipt]) -> date | None:
    """The last day on which the next payment is in time (INT-34): a month after the paid days, and some to settle.

    None once everything up to the last day is paid, and where nobody has worked.
    """
    paid_to = max((each.covers_to for each in payments), default=placement.starts_on - timedelta(days=1))
    if paid_to >= placement.ends_on or placement.status not in WATCHED:
        return None
    months = number("pay_cycle_months_at_most", on=placement.starts_on)
    cycle_ends = add_months(paid_to + timedelta(days=1), months) - timedelta(days=1)
    return min(cycle_ends, placement.ends_on) + timedelta(days=limit("settlement_days", paid_to))


def board(scope: Select[Placement]) -> Select[Placement]:
    """The internships that run or have ended, those that run first by host."""
    rows = scope.where(Placement.status.in_(WATCHED)).options(*with_people())
    return rows.order_by(Placement.status, Placement.post_id, Placement.id)


def own(user: User) -> list[Placement]:
    """The internships of the family that have begun, the newest first."""
    rows = policy.of_family(user).options(*with_people()).order_by(Placement.starts_on.desc(), Placement.id.desc())
    return list(db.session.scalars(rows))


def waiting_for(user: User) -> list[WaitingRow]:
    """Where pay is forbidden, low or late, for the internship office."""
    if not user.has(Role.INTERNSHIP_OFFICER):
        return []
    rows = policy.readable_by(user).where(Placement.status == PlacementStatus.ACTIVE).options(*with_people())
    running = list(db.session.scalars(rows))
    found = [each for each in states(running).values() if not each.is_fine]
    if not found:
        return []
    forbidden = sum(each.is_forbidden for each in found)
    detail = _("其中 %(count)s 名的发放方式不合规定", count=forbidden) if forbidden else _("迟发或偏低，向单位问清楚")
    return [
        WaitingRow(_("%(count)s 名学生的实习报酬有问题", count=len(found)), detail, url_for("pay.index", show="open"))
    ]
