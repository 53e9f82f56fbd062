"""What payments tell the rules of a placement (article 18)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from exchange.pay.models import PayReceipt
from exchange.pay.months import months_between
from exchange.pay.queries import pay_of, standing
from exchange.placements.facts.values import Payee, Payer
from exchange.placements.models import Placement
from exchange.placements.rules.pay import IN_MONEY


def payments(placements: Sequence[Placement]) -> Mapping[int, Mapping[str, Any]]:
    """Placement → the payment that is worst for the student: the way it came, then the time it covers, then its height.

    The rules know one payment; if the worst one holds, all do.
    """
    found = standing([each.id for each in placements])
    return {number: {"pay": pay_of(min(kept, key=_goodness))} for number, kept in found.items() if kept}


def _goodness(payment: PayReceipt) -> tuple[bool, bool, Decimal]:
    came_right = (payment.method in IN_MONEY, payment.payee is Payee.STUDENT, payment.payer is Payer.HOST)
    months = months_between(payment.covers_from, payment.covers_to)
    return all(came_right), months <= 1, payment.amount / months if months else payment.amount
