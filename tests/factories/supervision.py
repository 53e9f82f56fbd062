"""Checks and incidents of internships that run since the second of March 2026."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory

from exchange.supervision.models import DailyCheck, Incident
from exchange.supervision.values import IncidentKind, Way
from tests.factories.base import Factory
from tests.factories.journals import RunningPlacementFactory

SHANGHAI = ZoneInfo("Asia/Shanghai")


class DailyCheckFactory(Factory):
    class Meta:
        model = DailyCheck

    placement = factory.SubFactory(RunningPlacementFactory)
    day = date(2026, 3, 2)
    way = Way.CALL
    is_fine = True


class IncidentFactory(Factory):
    """An injury on the morning of the ninth of March, reported within the hour."""

    class Meta:
        model = Incident

    placement = factory.SubFactory(RunningPlacementFactory)
    kind = IncidentKind.INJURY
    occurred_at = datetime(2026, 3, 9, 10, tzinfo=SHANGHAI)
    reported_at = datetime(2026, 3, 9, 10, 40, tzinfo=SHANGHAI)
    situation = "后厨滑倒，手腕肿了"
