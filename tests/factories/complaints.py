"""A complaint of the student of an internship."""

from datetime import date

import factory

from exchange.complaints.models import Complaint
from exchange.complaints.values import ComplaintKind
from tests.factories.base import Factory
from tests.factories.journals import RunningPlacementFactory


class ComplaintFactory(Factory):
    class Meta:
        model = Complaint

    placement = factory.SubFactory(RunningPlacementFactory)
    host = factory.SelfAttribute("placement.post.host_organisation")
    kind = ComplaintKind.LODGING
    words = "宿舍没有热水"
    due_on = date(2026, 3, 12)
