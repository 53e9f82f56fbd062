"""Hardship, awards and cards, made by the services that write them."""

from datetime import date
from decimal import Decimal

import factory

from exchange.aid import service
from exchange.aid.models import AidRule, PovertyStatus
from exchange.aid.months import Months
from exchange.aid.values import AidKind, CardHolder, Evidence, Item, PaidPer
from exchange.core.database import db
from tests.factories.base import Factory
from tests.factories.students import StudentFactory

AUTUMN, SPRING = Months(2026, 1), Months(2025, 2)


class PovertyStatusFactory(Factory):
    """A household lifted out of poverty, since before the student came."""

    class Meta:
        model = PovertyStatus

    student = factory.SubFactory(StudentFactory)
    category_code = "TPH"
    evidence_kind = Evidence.HANDBOOK.value
    begins_on = date(2021, 1, 1)
    assessed_on = date(2026, 9, 10)


class AidRuleFactory(Factory):
    """The school's own amount for winter clothes and the like."""

    class Meta:
        model = AidRule

    kind = AidKind.TUITION_WAIVER.value
    begins_on = date(2026, 9, 1)
    amount = Decimal(2000)
    period = PaidPer.YEAR
    condition = "on_roll"
    source = "学校决定"


def plan(student, kind=AidKind.NATIONAL_GRANT, months=AUTUMN, amount=Decimal(1150), item=None, **values):
    """An award that waits for approval."""
    award = service.plan_award(student, kind=kind, months=months, amount=amount, item=item, by=None, **values)
    db.session.commit()
    return award


def approved(student, *arguments, reason="测试", **values):
    """An award that waits for its money, whatever warning stands against it."""
    award = plan(student, *arguments, **values)
    service.change_status(award, "approve", reason=reason, by=None)
    db.session.commit()
    return award


def gift(student, item=Item.WINTER_CLOTHES, months=AUTUMN, amount=None):
    """A gift that waits for approval."""
    return plan(student, AidKind.IN_KIND, months, amount, item)


def card(student, number="6217000000000000001", holder=CardHolder.STUDENT, name=None):
    """The student's own card."""
    made = service.record_card(student, holder=holder, holder_name=name or student.name, card_number=number, by=None)
    db.session.commit()
    return made
