"""What rolls tell the counters of early warning: class hours missed without leave, day by day."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, and_, select

from exchange.attendance.limits import limit
from exchange.attendance.models import COVERING, AttendanceMark, LeaveRequest, Roll, RollEntry
from exchange.attendance.spans import Span, hours_missed
from exchange.core.database import db
from exchange.placements.whereabouts import is_at_host
from exchange.welfare.queries.absences import hours_with_leave
from exchange.welfare.rules import limits as welfare
from exchange.welfare.rules.counting import Missed


@dataclass
class _Day:
    """At which places of a day somebody was absent, and from which lessons leave excuses."""

    places: set[int] = field(default_factory=set)
    excused: set[int] = field(default_factory=set)


def missed_at_rolls(student_ids: Select[int], first: date, last: date) -> Iterator[Missed]:
    """Who was absent from a lesson, at no host, and without leave; late and early have no hours."""
    days = _absent(student_ids, first, last)
    if not days:
        return
    noted = hours_with_leave(student_ids, first, last)
    for (student_id, day), each in days.items():
        most = welfare.limit("class_hours_of_a_day", day)
        hours = hours_missed(each.places, excused=each.excused, of_a_lesson=limit("hours_of_a_lesson", day), most=most)
        hours -= noted.get((student_id, day), 0)
        if hours > 0:
            yield Missed(student_id, day, hours)


def _absent(student_ids: Select[int], first: date, last: date) -> dict[tuple[int, date], _Day]:
    """Student and day → where somebody was absent; one statement, with the leave that touches the day."""
    covering = and_(
        LeaveRequest.student_id == RollEntry.student_id,
        LeaveRequest.status.in_(COVERING),
        LeaveRequest.starts_on <= Roll.day,
        LeaveRequest.ends_on >= Roll.day,
    )
    leave = (LeaveRequest.starts_on, LeaveRequest.first_place, LeaveRequest.ends_on, LeaveRequest.last_place)
    rows = (
        select(RollEntry.student_id, Roll.day, Roll.time, *leave)
        .join(RollEntry.roll)
        .outerjoin(LeaveRequest, covering)
        .where(RollEntry.mark == AttendanceMark.ABSENT, RollEntry.student_id.in_(student_ids))
        .where(Roll.day >= first, Roll.day <= last, ~is_at_host(RollEntry.student_id, Roll.day))
    )
    days: dict[tuple[int, date], _Day] = {}
    for student_id, day, time, starts_on, first_place, ends_on, last_place in db.session.execute(rows):
        known = days.setdefault((student_id, day), _Day())
        known.places.add(time.place)
        if starts_on is not None:
            known.excused |= Span(starts_on, first_place, ends_on, last_place).lessons_on(day)
    return days
