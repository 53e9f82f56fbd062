"""Appraisals of internships, and who is to be graded."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import select

from exchange.core.database import db, today
from exchange.journals.limits import limit
from exchange.journals.models import Appraisal
from exchange.placements.models import Placement, PlacementStatus


def appraisals_of(placement_ids: Iterable[int]) -> dict[int, Appraisal]:
    """Placement → its appraisal; one statement."""
    rows = select(Appraisal).where(Appraisal.placement_id.in_(list(placement_ids)))
    return {each.placement_id: each for each in db.session.scalars(rows)}


def is_gradable(placement: Placement) -> bool:
    """An internship is graded in its last days, and until it is ended."""
    first = placement.ends_on - timedelta(days=limit("days_of_appraisal", placement.ends_on))
    return placement.status is PlacementStatus.ACTIVE and first <= today()


def to_grade(placements: Sequence[Placement]) -> list[Placement]:
    """Those whom the mentor has not graded yet."""
    open_ones = [each for each in placements if is_gradable(each)]
    graded = appraisals_of(each.id for each in open_ones)
    return [each for each in open_ones if each.id not in graded or graded[each.id].host_graded_at is None]
