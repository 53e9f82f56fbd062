"""The life of a placement: from where to where, by whom, recorded as what, under which rules."""

from datetime import date

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.placements import rules
from exchange.placements.events import PlacementEvent as Event
from exchange.placements.models import Placement
from exchange.placements.models import PlacementStatus as Is

DAY_OF = {"start": "starts_on", "end": "ends_on"}
OPEN = frozenset({Is.DRAFT, Is.PREPARING, Is.ACTIVE})
CHANGEABLE = frozenset({Is.DRAFT, Is.PREPARING})

PLACEMENT_WORKFLOW = Workflow(
    Transition("approve", _("批准"), {Is.DRAFT}, Is.PREPARING, May.PLACEMENT_APPROVE, Event.APPROVED, rules.PLACE),
    Transition("return", _("退回"), {Is.PREPARING}, Is.DRAFT, May.PLACEMENT_APPROVE, Event.RETURNED),
    Transition("start", _("上岗"), {Is.PREPARING}, Is.ACTIVE, May.PLACEMENT_PLAN, Event.STARTED, rules.START),
    Transition("end", _("结束实习"), {Is.ACTIVE}, Is.ENDED, May.PLACEMENT_PLAN, Event.ENDED),
    Transition("terminate", _("提前终止"), OPEN, Is.TERMINATED, May.PLACEMENT_PLAN, Event.TERMINATED),
)


def possible_from(placement: Placement, name: str) -> date | None:
    """The first day on which the step may be taken; none where the calendar does not matter."""
    return getattr(placement, DAY_OF[name]) if name in DAY_OF else None
