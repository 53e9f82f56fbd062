"""How a student has attended this term, in figures and line by line."""

from dataclasses import dataclass
from datetime import date

from exchange.attendance.models import COVERING, AttendanceMark, LeaveRequest, RollEntry
from exchange.attendance.queries.leave import leave_of
from exchange.attendance.queries.rolls import entries_of
from exchange.programmes.models import Term
from exchange.programmes.queries import current_term
from exchange.students.models import Student
from exchange.welfare.queries.absences import unexcused_hours

SHOWN = 60


@dataclass(frozen=True)
class Line:
    """Something that was noted at a roll, and whether leave excuses it."""

    entry: RollEntry
    excuse: LeaveRequest | None


@dataclass(frozen=True)
class Summary:
    """One student's term."""

    term: Term | None
    hours: int
    late: int
    left_early: int
    lines: list[Line]
    leave: list[LeaveRequest]


def summary_of(student: Student, day: date) -> Summary:
    """The present term up to the day, with all leave that was ever asked for."""
    term, leave = current_term(day), list(leave_of([student.id]))
    if term is None:
        return Summary(None, 0, 0, 0, [], leave)
    entries = entries_of(student, term.starts_on, min(day, term.ends_on))
    lines = [Line(entry, _excuse(entry, leave)) for entry in entries]
    counted = [line.entry.mark for line in lines if line.excuse is None]
    return Summary(
        term,
        unexcused_hours(student, term, until=day),
        counted.count(AttendanceMark.LATE),
        counted.count(AttendanceMark.LEFT_EARLY),
        lines[:SHOWN],
        leave,
    )


def _excuse(entry: RollEntry, leave: list[LeaveRequest]) -> LeaveRequest | None:
    roll = entry.roll
    standing = (each for each in leave if each.status in COVERING)
    return next((each for each in standing if each.span.covers(roll.day, roll.time.place)), None)
