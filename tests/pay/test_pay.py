"""What is reported, what the law says of it through the database (scenario 9), and when pay is late (INT-34)."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.pay import queries, service
from exchange.pay.models import PayReceipt
from exchange.pay.sources import payments
from exchange.placements.facts.values import Capability, Payee, Payer, PayMethod, Step
from exchange.placements.record_facts import facts_of
from exchange.placements.rules import PAY
from tests.factories.journals import RunningPlacementFactory
from tests.factories.pay import MONTH, PayReceiptFactory

RIGHT = {"amount": Decimal(2200), "method": PayMethod.BANK, "payee": Payee.STUDENT, "payer": Payer.HOST, **MONTH}


@pytest.fixture(autouse=True)
def april(db):
    with time_machine.travel("2026-04-06 12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def placement():
    """Independent, at a post of 3,000 yuan whose lowest grade is 2,200."""
    return RunningPlacementFactory(
        capability=Capability.RELATIVELY_INDEPENDENT,
        post__wage=Decimal(3000),
        post__lowest_grade_wage=Decimal(2200),
    )


def report(placement, **changes):
    values = {"received_on": date(2026, 4, 5), **RIGHT, **changes}
    return service.report_payment(placement, by=None, **values)


def broken(placement):
    """The rules on pay that the stored placement breaks."""
    findings = PAY.findings(facts_of(placement, step=Step.PAY))
    return {each.rule.code for each in findings if each.rule.code in queries.ON_PAY}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, set()),
        ({"amount": Decimal(2000)}, {"INT-33"}),  # scenario 9: the floor is the lower of 2,400 and 2,200
        ({"amount": Decimal("2199.99")}, {"INT-33"}),
        ({"method": PayMethod.VOUCHER}, {"INT-35"}),
        ({"payee": Payee.SCHOOL}, {"INT-35"}),
        ({"payer": Payer.AGENCY}, {"INT-35"}),
        ({"covers_to": date(2026, 4, 2), "amount": Decimal(2400)}, {"INT-34"}),
        ({"covers_to": date(2026, 3, 16), "amount": Decimal(1100)}, set()),  # half a month, half the pay
    ],
)
def test_law_on_pay_through_the_database(placement, changes, codes):
    report(placement, **changes)

    state = queries.states([placement])[placement.id]

    assert broken(placement) == codes
    assert {each.rule.code for each in state.payments[0].findings} == codes
    assert state.is_forbidden == ("INT-35" in codes)


def test_one_bad_payment_among_good_ones_is_what_the_rules_hear(placement):
    report(placement, method=PayMethod.GOODS)
    with time_machine.travel("2026-05-06 12:00:00+08:00"):
        report(placement, covers_from=date(2026, 4, 2), covers_to=date(2026, 5, 1), received_on=date(2026, 5, 5))

    assert broken(placement) == {"INT-35"}


def test_withdrawn_payment_counts_no_more(placement):
    service.withdraw_payment(report(placement, method=PayMethod.GOODS), by=None)

    assert payments([placement]) == {}


@pytest.mark.parametrize(("day", "is_late"), [("2026-04-11", False), ("2026-04-12", True)])
def test_first_pay_is_late_a_month_and_ten_days_after_the_first_day(placement, day, is_late):
    with time_machine.travel(f"{day} 12:00:00+08:00"):
        assert (queries.states([placement])[placement.id].late_since is not None) == is_late


@pytest.mark.parametrize(("day", "is_late"), [("2026-05-11", False), ("2026-05-12", True)])
def test_gap_after_what_is_paid_counts_alike(placement, day, is_late):
    PayReceiptFactory(placement=placement)
    with time_machine.travel(f"{day} 12:00:00+08:00"):
        assert (queries.states([placement])[placement.id].late_since is not None) == is_late


def test_nothing_is_late_once_everything_is_paid(placement):
    PayReceiptFactory(placement=placement, covers_to=placement.ends_on)
    with time_machine.travel("2027-01-01 12:00:00+08:00"):
        assert queries.states([placement])[placement.id].late_since is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"received_on": date(2026, 4, 7)}, "还没有到"),
        ({"covers_from": date(2026, 3, 1)}, "实习期间"),
        ({"covers_to": date(2026, 3, 1)}, "实习期间"),
        ({"amount": Decimal(-1)}, "0 到"),
        ({"amount": Decimal(100000)}, "0 到"),
    ],
)
def test_what_cannot_be_meant_is_refused(placement, changes, words):
    with pytest.raises(service.NotThisPay, match=words):
        report(placement, **changes)


def test_same_payment_sent_twice_is_noted_once(placement):
    assert report(placement) is report(placement)
    assert database.session.query(PayReceipt).count() == 1


def test_rules_hear_of_two_internships_with_one_statement(placement, count_queries):
    PayReceiptFactory(placement=placement)
    other = RunningPlacementFactory()
    assert placement.id != other.id  # both are loaded
    with count_queries() as statements:
        found = payments([placement, other])

    assert (set(found), statements.count) == ({placement.id}, 1)
