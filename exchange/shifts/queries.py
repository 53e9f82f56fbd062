"""Reads of shift plans: the versions of a placement, what counts today, and what the rules hear."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from exchange.core.database import db
from exchange.partners.models import HostOrganisation, Post
from exchange.placements.facts.document import Shift
from exchange.placements.models import Placement
from exchange.placements.workflow import OPEN
from exchange.shifts.models import ShiftPlan


def versions(placement: Placement) -> list[ShiftPlan]:
    """Every plan of the placement, the newest first."""
    rows = select(ShiftPlan).where(ShiftPlan.placement_id == placement.id)
    return list(db.session.scalars(rows.order_by(ShiftPlan.id.desc())))


def standing(placement_ids: Sequence[int], *, draft: bool = False) -> dict[int, ShiftPlan]:
    """Placement → its effective plan, or its draft."""
    rows = select(ShiftPlan).where(
        ShiftPlan.placement_id.in_(placement_ids),
        ShiftPlan.voided_at.is_(None),
        ShiftPlan.effective_at.is_(None) if draft else ShiftPlan.effective_at.is_not(None),
    )
    return {plan.placement_id: plan for plan in db.session.scalars(rows.order_by(ShiftPlan.id))}


def effective_shifts(placements: Sequence[Placement]) -> dict[int, tuple[Shift, ...]]:
    """Placement → the shifts that count: of the effective plan, if it was drawn up for its post and its days."""
    columns = (ShiftPlan.placement_id, ShiftPlan.post_id, ShiftPlan.first_on, ShiftPlan.last_on, ShiftPlan.shifts)
    rows = select(*columns).where(
        ShiftPlan.placement_id.in_([each.id for each in placements]),
        ShiftPlan.voided_at.is_(None),
        ShiftPlan.effective_at.is_not(None),
    )
    wanted = {each.id: (each.post_id, each.starts_on, each.ends_on) for each in placements}
    found = db.session.execute(rows.order_by(ShiftPlan.id)).all()
    return {row[0]: row.shifts for row in found if tuple(row[1:4]) == wanted[row[0]]}


def told(placements: Sequence[Placement]) -> Mapping[int, Mapping[str, Any]]:
    """What the rules hear of the shifts; whoever has no effective plan is left out."""
    return {placement_id: {"shifts": shifts} for placement_id, shifts in effective_shifts(placements).items()}


def week_of(placement: Placement, day: date) -> list[tuple[date, Shift | None]]:
    """Monday to Sunday of the week of this day, each with its shift; nothing where no plan counts."""
    shifts = effective_shifts([placement]).get(placement.id)
    if shifts is None:
        return []
    on = {each.date_: each for each in shifts}
    monday = day - timedelta(days=day.weekday())
    return [(each, on.get(each)) for each in (monday + timedelta(days=number) for number in range(7))]


def at_host(scope: Select[Placement], host: HostOrganisation, first: date, last: date) -> list[Placement]:
    """The placements of the scope that are open at a host and touch these days, post by post."""
    rows = scope.join(Placement.post).where(
        Post.host_organisation_id == host.id,
        Placement.status.in_(OPEN),
        Placement.starts_on <= last,
        Placement.ends_on >= first,
    )
    rows = rows.options(joinedload(Placement.student), contains_eager(Placement.post))
    return list(db.session.scalars(rows.order_by(Post.name, Placement.id)))
