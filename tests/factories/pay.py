"""Pay that came as it should: the first month of an internship since the second of March."""

from datetime import date
from decimal import Decimal

import factory

from exchange.pay.models import PayReceipt
from exchange.placements.facts.values import Payee, Payer, PayMethod
from tests.factories.base import Factory
from tests.factories.journals import RunningPlacementFactory

MONTH = {"covers_from": date(2026, 3, 2), "covers_to": date(2026, 4, 1)}


class PayReceiptFactory(Factory):
    class Meta:
        model = PayReceipt

    placement = factory.SubFactory(RunningPlacementFactory)
    received_on = date(2026, 4, 5)
    covers_from = MONTH["covers_from"]
    covers_to = MONTH["covers_to"]
    amount = Decimal(2600)
    method = PayMethod.BANK
    payee = Payee.STUDENT
    payer = Payer.HOST
