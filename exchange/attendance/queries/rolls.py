"""Reading rolls: who belongs on one, what was noted, and which are still to be taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from exchange.accounts.models import User
from exchange.attendance.models import AttendanceMark, Roll, RollEntry, RollTime
from exchange.attendance.queries.excuses import Excuse, excuses_on
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.students import history
from exchange.students.models import Student, StudentStatus


@dataclass(frozen=True)
class Row:
    """One student on a roll: what was noted, and what excuses."""

    student: Student
    mark: AttendanceMark | None
    excuse: Excuse | None  # excused from all of it: nothing is to be noted
    partly: Excuse | None  # excused from a part of the day
    has_left: bool = False  # left without permission, and not back as far as anybody knows


@dataclass(frozen=True)
class Sheet:
    """The roll of a class for one time of one day, taken or not."""

    school_class: SchoolClass
    day: date
    time: RollTime
    roll: Roll | None
    rows: list[Row]

    @property
    def version(self) -> int:
        """0 for a roll that nobody has taken yet."""
        return self.roll.version if self.roll else 0


def find_roll(school_class: SchoolClass, day: date, time: RollTime) -> Roll | None:
    """The roll, if it was taken."""
    found = select(Roll).where(Roll.school_class_id == school_class.id, Roll.day == day, Roll.time == time)
    return db.session.scalar(
        found.options(selectinload(Roll.entries), joinedload(Roll.taken_by).options(lazyload(User.assignments)))
    )


def times_taken(school_class: SchoolClass, day: date) -> set[RollTime]:
    """Of which times of the day the roll was taken."""
    return set(db.session.scalars(select(Roll.time).where(Roll.school_class_id == school_class.id, Roll.day == day)))


def members_on(school_class: SchoolClass, day: date) -> list[tuple[Student, StudentStatus]]:
    """Who belonged to the class that day and was on the roll of the school, by name, with the status of that day."""
    found = members_select(school_class.id, day).add_columns(history.status_on())
    return [(student, status) for student, status in db.session.execute(found.order_by(Student.pinyin, Student.id))]


def members_select(class_id: int, day: date) -> Select[Student]:
    """The same as part of a statement."""
    return history.as_of(select(Student), day).where(history.class_on() == class_id)


def sheet(school_class: SchoolClass, day: date, time: RollTime) -> Sheet:
    """The roll as it is shown: everybody of the class with what is known."""
    roll = find_roll(school_class, day, time)
    noted = {entry.student_id: entry.mark for entry in roll.entries} if roll else {}
    members = members_on(school_class, day)
    ids = members_select(school_class.id, day).with_only_columns(Student.id)
    known = excuses_on(ids, day)
    rows = []
    for student, status in members:
        excuses = known.of(student.id, on_leave_of_absence=status is StudentStatus.ON_LEAVE)
        whole = next((each for each in excuses if each.span.covers(day, time.place)), None)
        partly = next((each for each in excuses if each.span.lessons_on(day)), None) if whole is None else None
        has_left = student.id in known.left and whole is None
        mark = noted.get(student.id)
        if roll is None and has_left:
            mark = AttendanceMark.ABSENT
        rows.append(Row(student, mark, whole, partly if time is RollTime.DAY else None, has_left))
    return Sheet(school_class, day, time, roll, rows)


def last_marks(student_ids: Select[int], day: date) -> dict[int, RollEntry]:
    """Student → what the last roll of the day says, for those who were not there, or not all the time."""
    classes = select(Student.school_class_id).where(Student.id.in_(student_ids))
    rolls = select(Roll).where(Roll.day == day, Roll.time != RollTime.DAY, Roll.school_class_id.in_(classes))
    rolls = rolls.options(selectinload(Roll.entries))
    latest: dict[int, Roll] = {}
    for roll in db.session.scalars(rolls):
        known = latest.get(roll.school_class_id)
        if known is None or roll.time.place > known.time.place:
            latest[roll.school_class_id] = roll
    return {entry.student_id: entry for roll in latest.values() for entry in roll.entries}


def entries_of(student: Student, first: date, last: date) -> Sequence[RollEntry]:
    """What was noted of a student in these days, the newest first."""
    found = (
        select(RollEntry)
        .join(RollEntry.roll)
        .where(RollEntry.student_id == student.id, Roll.day >= first, Roll.day <= last)
        .options(joinedload(RollEntry.roll))
    )
    return sorted(db.session.scalars(found), key=lambda entry: (entry.roll.day, entry.roll.time.place), reverse=True)
