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
from exchange.welfare.models import Absence
from exchange.welfare.queries.absences import hours_noted, is_noted_with_leave
from exchange.welfare.rules import limits as welfare
from exchange.welfare.rules.counting import Missed


@dataclass
class _Day:
    """Where somebody was absent on a day, from which lessons leave excuses, and what a teacher has noted as leave."""

    places: set[int] = field(default_factory=set)
    excused: set[int] = field(default_factory=set)
    noted: dict[int, Absence] = field(default_factory=dict)


def missed_at_rolls(student_ids: Select[int], first: date, last: date) -> Iterator[Missed]:
    """Who was absent from a lesson, at no host, and without leave; late and early have no hours."""
    for (student_id, day), known in _absent(student_ids, first, last).items():
        hours = hours_missed(
            known.places,
            excused=known.excused,
            of_a_lesson=limit("hours_of_a_lesson", day),
            most=welfare.limit("class_hours_of_a_day", day),
        )
        hours -= hours_noted(known.noted.values(), day, until=last)
        if hours > 0:
            yield Missed(student_id, day, hours)


def _absent(student_ids: Select[int], first: date, last: date) -> dict[tuple[int, date], _Day]:
    """Student and day → where somebody was absent, with what touches the day; one statement."""
    approved = and_(
        LeaveRequest.student_id == RollEntry.student_id,
        LeaveRequest.status.in_(COVERING),
        LeaveRequest.starts_on <= Roll.day,
        LeaveRequest.ends_on >= Roll.day,
    )
    leave = (LeaveRequest.starts_on, LeaveRequest.first_place, LeaveRequest.ends_on, LeaveRequest.last_place)
    rows = (
        select(RollEntry.student_id, Roll.day, Roll.time, Absence, *leave)
        .join(RollEntry.roll)
        .outerjoin(LeaveRequest, approved)
        .outerjoin(Absence, is_noted_with_leave(RollEntry.student_id, Roll.day))
        .where(RollEntry.mark == AttendanceMark.ABSENT, RollEntry.student_id.in_(student_ids))
        .where(Roll.day >= first, Roll.day <= last, ~is_at_host(RollEntry.student_id, Roll.day))
    )
    days: dict[tuple[int, date], _Day] = {}
    for student_id, day, time, absence, starts_on, first_place, ends_on, last_place in db.session.execute(rows):
        known = days.setdefault((student_id, day), _Day())
        known.places.add(time.place)
        if starts_on is not None:
            known.excused |= Span(starts_on, first_place, ends_on, last_place).lessons_on(day)
        if absence is not None:
            known.noted[absence.id] = absence
    return days
