"""Taking the roll, and correcting it: everybody is there but for those who are named."""

from collections.abc import Mapping
from datetime import date, timedelta

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.attendance.events import AttendanceEvent
from exchange.attendance.limits import limit
from exchange.attendance.models import AttendanceMark, Roll, RollEntry, RollTime
from exchange.attendance.queries.rolls import Sheet, sheet
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.templating import format_clock
from exchange.programmes.models import SchoolClass

Marks = Mapping[int, AttendanceMark]


class RollClosed(DomainError):
    """A day that has not come yet, or that is too long ago."""


class RollChanged(DomainError):
    """Somebody else has saved this roll since it was opened; ``sheet`` is how it stands now."""

    def __init__(self, message: str, changed: Sheet):
        super().__init__(message)
        self.sheet = changed


def take_roll(
    school_class: SchoolClass, *, day: date, time: RollTime, marks: Marks, version: int, by: User | None
) -> Roll:
    """Save the roll of the class: ``marks`` names who was not there, everybody else was.

    ``version`` is what the teacher had before the eyes, 0 for a roll not taken yet. Who is excused stays as it was. The
    same roll sent twice changes nothing. Raises ``RollClosed`` and ``RollChanged``.
    """
    lock(school_class)  # two teachers who begin the same roll at the same moment
    _check_day(day, by)
    found = sheet(school_class, day, time)
    wanted = {row.student.id: marks.get(row.student.id) for row in found.rows if row.excuse is None}
    noted = {entry.student_id: entry for entry in found.roll.entries} if found.roll else {}
    changes = _changes(found, wanted, noted)
    if found.roll and not changes:
        return found.roll
    if found.version != version:
        raise RollChanged(_overtaken(found.roll), found)
    return _write(found, wanted, changes, by=by)


def _check_day(day: date, by: User | None) -> None:
    if day > today():
        raise RollClosed(_("这一天还没有到，不能先点名。"))
    days = limit("days_a_roll_stays_open", today())
    if day < today() - timedelta(days=days) and by is not None and not by.has(Role.REGISTRAR):
        raise RollClosed(_("%(days)s 天以前的点名，只有学籍管理员能改。", days=days))


def _changes(
    found: Sheet, wanted: Mapping[int, AttendanceMark | None], noted: Mapping[int, RollEntry]
) -> dict[str, list[str]]:
    """Student number → what was noted and what is noted now; empty for "was there"."""
    changes = {}
    for row in found.rows:
        if row.student.id not in wanted:
            continue
        entry, mark = noted.get(row.student.id), wanted[row.student.id]
        if (entry.mark if entry else None) is not mark:
            changes[row.student.student_no] = [entry.mark.value if entry else "", mark.value if mark else ""]
    return changes


def _overtaken(roll: Roll | None) -> str:
    if roll is None or roll.taken_by is None:
        return _("刚才有人记过这一次点名。看看下面标出的不同，再点“全班记好”。")
    return _(
        "%(name)s %(time)s 记过这一次点名。看看下面标出的不同，再点“全班记好”。",
        name=roll.taken_by.name,
        time=format_clock(roll.taken_at),
    )


def _write(
    found: Sheet, wanted: Mapping[int, AttendanceMark | None], changes: dict[str, list[str]], *, by: User | None
) -> Roll:
    roll = found.roll or Roll(school_class=found.school_class, day=found.day, time=found.time)
    event = AttendanceEvent.ROLL_CORRECTED if found.roll else AttendanceEvent.ROLL_TAKEN
    kept = {entry.student_id: entry for entry in roll.entries}
    for student_id, mark in wanted.items():
        entry = kept.get(student_id)
        if mark is None:
            if entry:
                roll.entries.remove(entry)
        elif entry:
            entry.mark = mark
        else:
            roll.entries.append(RollEntry(student_id=student_id, mark=mark))
    roll.taken_by_id, roll.taken_at = by.id if by else None, now()
    db.session.add(roll)
    record(event, roll, by=by, school_class=found.school_class.name, day=found.day, time=found.time, marks=changes)
    return roll
