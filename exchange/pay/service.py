"""Reporting what was paid, and taking a mistake back. Functions change, flush and record; the request commits."""

from datetime import date
from decimal import Decimal
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.pay.events import PayEvent
from exchange.pay.models import PayReceipt
from exchange.placements.facts.values import Payee, Payer, PayMethod
from exchange.placements.models import Placement

MOST = Decimal(99_999)  # yuan; no intern is paid more at a time


class NotThisPay(DomainError):
    """Days or yuan that cannot be meant, or that are reported already."""


def report_payment(
    placement: Placement,
    *,
    received_on: date,
    covers_from: date,
    covers_to: date,
    amount: Decimal,
    method: PayMethod,
    payee: Payee,
    payer: Payer,
    by: User | None,
) -> PayReceipt:
    """Note a payment that the student has received, also one that breaks the rules. Raises ``NotThisPay``.

    The same payment sent twice is noted once.
    """
    lock(placement)
    _check(placement, received_on, covers_from, covers_to, amount)
    values: dict[str, Any] = {
        "received_on": received_on,
        "covers_from": covers_from,
        "covers_to": covers_to,
        "amount": amount,
        "method": method,
        "payee": payee,
        "payer": payer,
    }
    same = db.session.query(PayReceipt).filter_by(placement_id=placement.id, withdrawn_at=None, **values).first()
    if same:
        return same
    payment = PayReceipt(placement=placement, reported_by_id=by.id if by else None, **values)
    db.session.add(payment)
    record(PayEvent.REPORTED, payment, by=by, **values)
    return payment


def withdraw_payment(payment: PayReceipt, *, by: User | None) -> None:
    """It was a mistake and counts no more. Raises ``NotPossible``."""
    lock(payment)
    if payment.withdrawn_at:
        raise NotPossible(_("这一笔已经撤回了。"))
    payment.withdrawn_at = now()
    record(PayEvent.WITHDRAWN, payment, by=by, amount=payment.amount, received_on=payment.received_on)


def _check(placement: Placement, received_on: date, first: date, last: date, amount: Decimal) -> None:
    if received_on > today():
        raise NotThisPay(_("收到的日子还没有到。收到了再记。"))
    if not placement.starts_on <= first <= last <= placement.ends_on:
        raise NotThisPay(_("报酬是哪几天的，要在实习期间，先后不能颠倒。"))
    if not 0 <= amount <= MOST:
        raise NotThisPay(_("金额在 0 到 %(most)s 元之间。", most=MOST))
