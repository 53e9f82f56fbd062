"""Shift plans as the service makes them."""

from datetime import date, time

from exchange.placements.facts.document import Shift
from exchange.shifts import service
from exchange.shifts.pattern import Hours, laid_over

DAY_SHIFT = Hours(time(9), time(17, 30), 60)
OFFICE_WEEK = dict.fromkeys(range(5), DAY_SHIFT)


def shift_on(day, start=time(9), end=time(17, 30), pause=60):
    return Shift(day if isinstance(day, date) else date.fromisoformat(day), start, end, pause)


def usual_shifts(placement):
    """Monday to Friday from the first day to the last, without rest days and holidays."""
    return laid_over(OFFICE_WEEK, placement.starts_on, placement.ends_on)


def make_effective(placement, shifts=None, *, by=None):
    """Plan these shifts, or the usual ones, and let them count."""
    plan = service.draft(placement, usual_shifts(placement) if shifts is None else shifts, by=by)
    service.make_effective([placement], by=by)
    return plan
