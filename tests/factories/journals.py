"""Logs and reports of internships that run since the second of March 2026."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import factory

from exchange.journals.models import InternshipReport, WeeklyLog
from exchange.journals.values import Mood, Review
from exchange.placements.models import PlacementStatus
from tests.factories.base import Factory
from tests.factories.placements import PlacementFactory

MONDAY = date(2026, 3, 2)
SUNDAY_EVENING = datetime(2026, 3, 8, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
EIGHT_A_DAY = [Decimal(8)] * 5 + [None, None]
LOG = {"did": "在前台帮客人办入住", "learnt": "怎么登记证件", "hours": EIGHT_A_DAY, "mood": Mood.FINE}
REPORT = "我在酒店前厅实习，学会了办理入住、登记证件和接待客人。" * 5


class RunningPlacementFactory(PlacementFactory):
    """At work since the second of March, until the end of August."""

    status = PlacementStatus.ACTIVE


class WeeklyLogFactory(Factory):
    """The log of the first week, handed in on its Sunday."""

    class Meta:
        model = WeeklyLog

    placement = factory.SubFactory(RunningPlacementFactory)
    week = MONDAY
    did = "在前台帮客人办入住"
    learnt = "怎么登记证件"
    hours = ["8", "8", "8", "8", "8", None, None]
    mood = Mood.FINE
    status = Review.SUBMITTED
    submitted_at = SUNDAY_EVENING


class InternshipReportFactory(Factory):
    class Meta:
        model = InternshipReport

    placement = factory.SubFactory(RunningPlacementFactory)
    text = REPORT
    submitted_at = SUNDAY_EVENING
