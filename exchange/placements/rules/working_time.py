"""How long a shift lasts and whether it reaches into the night; what is not recorded leaves a span, not a guess."""

from collections.abc import Sequence
from datetime import time
from typing import NamedTuple

from exchange.placements.facts.document import Shift

DAY = 24 * 60
NAMES = {"date": "date_", "start": "start", "end": "end", "break_minutes": "break_minutes"}


class Minutes(NamedTuple):
    """Work of at least and at most so many minutes."""

    least: int
    most: int


def minutes_of(shift: Shift) -> Minutes:
    """Work without the break. An end not later than the start is on the next day."""
    if shift.start is None or shift.end is None:
        return Minutes(0, DAY)
    lasts = _end(shift.start, shift.end) - _minute(shift.start)
    if shift.break_minutes is None:
        return Minutes(0, lasts)
    worked = max(lasts - shift.break_minutes, 0)
    return Minutes(worked, worked)


def is_at_night(shift: Shift, from_hour: int, until_hour: int) -> bool | None:
    """Whether any of it lies between the hours; None where that cannot be told."""
    begins = None if shift.start is None else _minute(shift.start)
    ends = None if shift.end is None else _minute(shift.end) or DAY
    if begins is not None and not until_hour * 60 <= begins < from_hour * 60:
        return True
    if ends is not None and not until_hour * 60 < ends <= from_hour * 60:
        return True
    if begins is None or ends is None:
        return None
    return ends <= begins  # over midnight, and so through the night


def gaps(shifts: Sequence[Shift], *names: str) -> list[str]:
    """The paths of what the shifts leave out."""
    return [
        f"shifts[{position}].{name}"
        for position, shift in enumerate(shifts)
        for name in names
        if getattr(shift, NAMES[name]) is None
    ]


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _end(start: time, end: time) -> int:
    return _minute(end) + (DAY if end <= start else 0)
