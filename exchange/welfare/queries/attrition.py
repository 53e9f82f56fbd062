"""Whom the school may lose: every counter of every student, the worst first. A list for people who decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.programmes.models import SchoolClass, Term
from exchange.programmes.queries import current_term
from exchange.students import history
from exchange.students.models import Period, Student, StudentStatus
from exchange.welfare.models import ContactNote
from exchange.welfare.queries.absences import missed_by_student
from exchange.welfare.queries.contacts import latest_notes
from exchange.welfare.rules.attrition import Actor, Alert, Facts, Level, alerts, is_minor
from exchange.welfare.rules.counting import Missed, Run, is_bridged, runs
from exchange.welfare.sources import LEAVE_ENDS

LOOKING_BACK = timedelta(days=60)


@dataclass(frozen=True)
class Line:
    """A student with what has been reached, and the last talk since it began."""

    student: Student
    alerts: list[Alert]
    is_minor: bool
    note: ContactNote | None

    @property
    def worst(self) -> Alert:
        return self.alerts[0]

    @property
    def is_candidate(self) -> bool:
        """Whether people must decide."""
        return self.worst.level is Level.CANDIDATE

    @property
    def answered(self) -> ContactNote | None:
        """The last talk, if it came after the counter began."""
        return self.note if self.note and self.note.held_on >= self.worst.since else None


def board(students: Select[Student], day: date) -> list[Line]:
    """Those of the students of whom a counter has reached a number, the worst first."""
    counted = {student_id: alerts(facts) for student_id, facts in facts_of(students, day).items()}
    reached = {student_id: found for student_id, found in counted.items() if found}
    if not reached:
        return []
    teacher = joinedload(Student.school_class).joinedload(SchoolClass.homeroom_teacher)
    people = db.session.scalars(select(Student).where(Student.id.in_(reached)).options(teacher)).unique()
    notes = latest_notes(list(reached), until=day)
    lines = [
        Line(student, reached[student.id], is_minor(student.birth_date, day), notes.get(student.id))
        for student in people
    ]
    return sorted(lines, key=lambda line: (line.worst.order, -len(line.alerts), line.student.pinyin))


def line_of(student: Student, facts: Facts, notes: Sequence[ContactNote]) -> Line | None:
    """The line of one student whose talks are known already, the newest first."""
    found = alerts(facts)
    return Line(student, found, is_minor(student.birth_date, facts.day), next(iter(notes), None)) if found else None


def worst_of(students: Select[Student], day: date) -> dict[int, Alert]:
    """Student → the most urgent of what has been reached, for a list."""
    counted = {student_id: alerts(facts) for student_id, facts in facts_of(students, day).items()}
    return {student_id: found[0] for student_id, found in counted.items() if found}


def count_by_actor(students: Select[Student], day: date) -> dict[Actor, int]:
    """How many students wait for whom."""
    counts: dict[Actor, int] = dict.fromkeys(Actor, 0)
    for facts in facts_of(students, day).values():
        for actor in {alert.who for alert in alerts(facts)}:
            counts[actor] += 1
    return counts


def facts_of(students: Select[Student], day: date) -> dict[int, Facts]:
    """Student → what is counted on the day, for those on the roll that day of whom anything is counted."""
    on_roll = history.as_of(students, day)
    term = current_term(day)
    missed = missed_by_student(
        on_roll.with_only_columns(Student.id), min(day - LOOKING_BACK, term.starts_on) if term else day, day
    )
    on_leave = _on_leave_since(students, day)
    ends = dict(end for source in LEAVE_ENDS for end in source() if end[0] in on_leave) if on_leave else {}
    return {
        student_id: _facts(missed.get(student_id, []), term, day, ends.get(student_id), on_leave.get(student_id))
        for student_id in {*missed, *on_leave}
    }


def _facts(
    missed: list[Missed], term: Term | None, day: date, leave_ended_on: date | None, on_leave_since: date | None
) -> Facts:
    in_term = [each for each in missed if term and term.starts_on <= each.day <= term.ends_on and each.hours]
    return Facts(
        day=day,
        hours=sum(each.hours for each in in_term),
        hours_since=in_term[0].day if in_term else None,
        run=_present_run(missed, day),
        leave_ended_on=leave_ended_on,
        on_leave_since=on_leave_since,
    )


def _present_run(missed: Iterable[Missed], day: date) -> Run | None:
    """The row of days away that lasts until today, or until the last school day where today is not told yet."""
    found = runs(each.day for each in missed if each.is_away)
    return found[-1] if found and is_bridged(found[-1].last, day) else None


def _on_leave_since(students: Select[Student], day: date) -> dict[int, date]:
    """Student → the first day of the leave that lasts on the day; a change of class within it does not end it."""
    on_leave = history.with_state(students, day).where(history.status_on() == StudentStatus.ON_LEAVE)
    periods = (
        select(Student.id, Student.enrolled_on, Period.begins_on, Period.status)
        .outerjoin(Period, Period.student_id == Student.id)
        .where(Student.id.in_(on_leave.with_only_columns(Student.id)), Student.enrolled_on <= day)
        .order_by(Student.id, Period.begins_on)
    )
    since: dict[int, date] = {}
    for student_id, enrolled_on, begins_on, status in db.session.execute(periods):
        if begins_on is None or (begins_on <= day and status is StudentStatus.ON_LEAVE):
            since.setdefault(student_id, begins_on or enrolled_on)
        elif begins_on <= day:
            since.pop(student_id, None)
    return since
