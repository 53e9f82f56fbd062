"""Cards and payments: to the student's or the household's own card, never through a teacher's account."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.aid.events import AidEvent
from exchange.aid.models import Award, BankCard, Payment
from exchange.aid.queries.awards import card_of, cards_of
from exchange.aid.service.refusals import InvalidDays, NotPayable, NotTheirCard
from exchange.aid.values import AidKind, AwardStatus, CardHolder, Payer
from exchange.aid.workflow import AWARD_WORKFLOW
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.encryption import blind_index
from exchange.core.i18n import _
from exchange.students import history
from exchange.students.models import Guardianship, Student, StudentStatus

CARD = re.compile(r"\d{12,19}")
PURPOSE = "bank_card"


def record_card(
    student: Student, *, holder: CardHolder, holder_name: str, card_number: str, by: User | None
) -> BankCard:
    """Record the card that aid is paid to; it takes the place of the former. Raises ``NotTheirCard``."""
    lock(student)
    number, name = re.sub(r"[\s-]", "", card_number), holder_name.strip()
    if not CARD.fullmatch(number):
        raise NotTheirCard(_("卡号应为 12 到 19 位数字。"))
    if name not in _holders(student, holder):
        raise NotTheirCard(_("户名要与学生本人或登记的监护人一致。资助不经教师的账户发放。"))
    former = card_of(student)
    if former is not None:
        former.retired_at = now()
    card = BankCard(
        student=student,
        holder=holder,
        holder_name=name,
        card_number=number,
        card_index=blind_index(number, PURPOSE),
        last_four=number[-4:],
    )
    db.session.add(card)
    record(AidEvent.CARD_RECORDED, card, by=by, last_four=card.last_four, holder=holder)
    return card


def pay(
    award: Award,
    *,
    paid_on: date,
    amount: Decimal | None = None,
    batch: str = "",
    payer: Payer = Payer.SCHOOL,
    receipt: tuple[str, bytes] | None = None,
    by: User | None,
) -> Payment:
    """Record what was handed over, by default all that is left; the award is paid when nothing is.

    Money goes to the recorded card. Raises ``InvalidTransition``, ``InvalidDays``, ``NotPayable``, ``NotTheirCard``.
    """
    lock(award)
    step = AWARD_WORKFLOW.find("pay", award.status)
    _check_day(award, paid_on)
    handed = _amount(award, amount)
    payment = Payment(
        award=award, paid_on=paid_on, amount=handed, batch=batch.strip(), payer=payer, card=_card(award, payer)
    )
    db.session.add(payment)
    record(AidEvent.PAYMENT_RECORDED, payment, by=by, amount=handed, paid_on=paid_on, batch=payment.batch)
    if receipt:
        attach(payment, filename=receipt[0], content=receipt[1], by=by)
    if not award.rest:
        former, award.status = award.status, AwardStatus.PAID
        record(step.event, award, by=by, status=[former, award.status])
    return payment


def pay_all(
    awards: Sequence[Award], *, paid_on: date, batch: str, payer: Payer = Payer.SCHOOL, by: User | None
) -> list[Payment]:
    """Record a list that went to the bank: what is left of each award, of all of them or of none."""
    with db.session.begin_nested():
        return [pay(award, paid_on=paid_on, batch=batch, payer=payer, by=by) for award in awards]


def missing_cards(awards: Sequence[Award]) -> list[Award]:
    """Awards in money that the school cannot pay, because no card is recorded."""
    cards = cards_of([award.student_id for award in awards])
    return [award for award in awards if award.kind is not AidKind.IN_KIND and award.student_id not in cards]


def _check_day(award: Award, paid_on: date) -> None:
    if paid_on > today():
        raise InvalidDays(_("发放的日子还没有到。"))
    state = history.state_on(award.student, paid_on)
    if state is None or not state.is_on_roll:
        raise NotPayable(_("%(name)s那一天不在籍，不能发放。", name=award.student.name))
    if state.status is StudentStatus.ON_LEAVE:
        raise NotPayable(_("%(name)s那一天在休学，休学期间不享受待遇（学籍实施细则第20条）。", name=award.student.name))


def _amount(award: Award, amount: Decimal | None) -> Decimal:
    if award.rest is None:
        return amount or Decimal(0)
    handed = award.rest if amount is None else amount
    if handed <= 0 or handed > award.rest:
        raise NotPayable(_("金额要大于零，并且不超过还没有发的 %(rest)s 元。", rest=award.rest))
    return handed


def _card(award: Award, payer: Payer) -> BankCard | None:
    """What the county pays goes where the county knows; a gift needs no card."""
    card = card_of(award.student)
    if card is None and payer is Payer.SCHOOL and award.kind is not AidKind.IN_KIND and not _is_waiver(award):
        raise NotTheirCard(_("%(name)s还没有登记资助卡。", name=award.student.name))
    return card if not _is_waiver(award) and award.kind is not AidKind.IN_KIND else None


def _is_waiver(award: Award) -> bool:
    """Nothing is paid out: the school does not charge."""
    return award.kind in {AidKind.TUITION_WAIVER, AidKind.LODGING_WAIVER}


def _holders(student: Student, holder: CardHolder) -> set[str]:
    if holder is CardHolder.STUDENT:
        return {student.name}
    held = select(Guardianship).where(Guardianship.student_id == student.id)
    return {each.guardian.name for each in db.session.scalars(held.options(joinedload(Guardianship.guardian)))}
