"""Where the counters get their days from. Features that know more register themselves; the sum counts no day twice.

Lesson attendance adds what it knows with ``register_missed``; status orders add with ``register_leave_ends``.
"""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import Select

from exchange.welfare.rules.counting import Missed

MissedSource = Callable[[Select[int], date, date], Iterable[Missed]]
"""(ids of students, first day, last day) → what they missed without leave, day by day."""
LeaveEnds = Callable[[], Iterable[tuple[int, date]]]
"""() → (student, last day of the leave of absence) for those whose record says that they are on leave."""

MISSED_SOURCES: list[MissedSource] = []
LEAVE_ENDS: list[LeaveEnds] = []


def register_missed(source: MissedSource) -> MissedSource:
    """Let the counters ask this source, too; once, however many applications a process builds."""
    if source not in MISSED_SOURCES:
        MISSED_SOURCES.append(source)
    return source


def register_leave_ends(source: LeaveEnds) -> LeaveEnds:
    """Let the counters know when leaves of absence end; likewise once."""
    if source not in LEAVE_ENDS:
        LEAVE_ENDS.append(source)
    return source
