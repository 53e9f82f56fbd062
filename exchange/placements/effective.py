"""When a placement really holds, after amendments and early ends: the one place that attendance, rules and papers ask.

An amendment changes the placement itself, and its history keeps what was before; an early end sets the last day.
"""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from exchange.placements.models import Placement, PlacementStatus

BEGUN = (PlacementStatus.ACTIVE, PlacementStatus.ENDED)
Day = date | ColumnElement[date] | InstrumentedAttribute[date]


def took_place() -> ColumnElement[bool]:
    """Whether the student has worked there at all: also one that ended early, but not one that never began."""
    ended_early = and_(Placement.status == PlacementStatus.TERMINATED, Placement.left_on.is_not(None))
    return or_(Placement.status.in_(BEGUN), ended_early)


def covers(day: Day) -> ColumnElement[bool]:
    """Whether the student works at the host on the day; part of a statement."""
    return and_(took_place(), Placement.starts_on <= day, Placement.last_day >= day)


def occupies(first: date, last: date) -> ColumnElement[bool]:
    """Whether the placement takes any of these days, planned or worked; one that never began takes none."""
    stands = or_(Placement.status != PlacementStatus.TERMINATED, Placement.left_on.is_not(None))
    return and_(stands, Placement.starts_on <= last, Placement.last_day >= first)
