"""What a family sees of the shifts on the page of the placement."""

from collections.abc import Mapping
from typing import Any

from exchange.core.database import today
from exchange.placements.models import Placement, PlacementStatus
from exchange.shifts import queries
from exchange.shifts.wording import WEEKDAY_NAMES, in_words

SHOWN_IN = frozenset({PlacementStatus.PREPARING, PlacementStatus.ACTIVE})


def this_week(placement: Placement) -> Mapping[str, Any]:
    """This week, or the first one where work has not begun; nothing where no plan counts."""
    if placement.status not in SHOWN_IN:
        return {}
    day = min(max(today(), placement.starts_on), placement.ends_on)
    week = queries.week_of(placement, day)
    if not week:
        return {}
    rows = [(WEEKDAY_NAMES[on.weekday()], on, in_words(shift), on == today()) for on, shift in week]
    return {"rows": rows, "is_now": week[0][0] <= today() <= week[-1][0]}
