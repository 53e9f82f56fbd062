"""What rolls tell the counters of early warning."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.attendance.models import LESSONS, AttendanceMark, RollTime
from exchange.placements.models import PlacementStatus
from exchange.students.models import Student
from exchange.welfare.models import AbsenceKind
from exchange.welfare.queries.absences import unexcused_hours
from exchange.welfare.queries.attrition import facts_of
from exchange.welfare.rules.attrition import alerts
from tests.factories.attendance import LeaveRequestFactory, RollEntryFactory, RollFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory

MONDAY, TODAY = date(2026, 11, 23), date(2026, 11, 25)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


@pytest.fixture
def student():
    return StudentFactory()


def absent(student, *times, day=MONDAY, mark=AttendanceMark.ABSENT):
    for time in times:
        roll = RollFactory(school_class=student.school_class, day=day, time=time)
        RollEntryFactory(student=student, roll=roll, mark=mark)


def counted(student):
    return unexcused_hours(student, TermFactory(), until=TODAY)


def test_every_lesson_missed_without_leave_is_an_hour(student):
    absent(student, RollTime.FIRST, RollTime.SECOND)
    absent(student, RollTime.THIRD, day=date(2026, 11, 24))

    assert counted(student) == 3


@pytest.mark.parametrize("mark", [AttendanceMark.LATE, AttendanceMark.LEFT_EARLY])
def test_late_and_early_have_no_hours(student, mark):
    absent(student, RollTime.FIRST, mark=mark)

    assert counted(student) == 0


def test_roll_calls_have_no_hours(student):
    absent(student, RollTime.MORNING, RollTime.EVENING)

    assert counted(student) == 0


def test_a_whole_day_has_the_hours_of_a_day_however_it_is_noted(student):
    absent(student, *LESSONS, RollTime.DAY)

    assert counted(student) == 7


def test_what_teacher_and_homeroom_teacher_note_of_one_day_counts_once(student):
    absent(student, RollTime.FIRST, RollTime.SECOND)
    AbsenceFactory(student=student, kind=AbsenceKind.UNEXCUSED, starts_on=MONDAY, hours=2)

    assert counted(student) == 2


def test_approved_leave_takes_its_hours_out_even_afterwards(student):
    absent(student, RollTime.FIRST, RollTime.SECOND, RollTime.THIRD)
    assert counted(student) == 3

    LeaveRequestFactory(student=student, starts_on=MONDAY, first_place=2, last_place=9)

    assert counted(student) == 1


def test_two_leaves_of_one_day_both_count(student):
    absent(student, RollTime.FIRST, RollTime.EIGHTH)
    LeaveRequestFactory(student=student, starts_on=MONDAY, last_place=1)
    LeaveRequestFactory(student=student, starts_on=MONDAY, first_place=8)

    assert counted(student) == 0


def test_leave_of_another_student_excuses_nobody_else(student):
    absent(student, RollTime.FIRST)
    LeaveRequestFactory(starts_on=MONDAY)

    assert counted(student) == 1


def test_hours_that_the_homeroom_teacher_has_noted_as_leave_are_taken_out(student):
    absent(student, RollTime.FIRST, RollTime.SECOND)
    AbsenceFactory(student=student, kind=AbsenceKind.SICK, starts_on=MONDAY, hours=1)

    assert counted(student) == 1


@pytest.mark.parametrize(("ends_on", "hours"), [(MONDAY, 0), (date(2026, 11, 22), 1)])
def test_days_at_a_host_are_excused(student, ends_on, hours):
    absent(student, RollTime.FIRST)
    PlacementFactory(student=student, status=PlacementStatus.ENDED, starts_on=date(2026, 11, 2), ends_on=ends_on)

    assert counted(student) == hours


def test_thirty_hours_reach_the_board_of_early_warning(student):
    days = [date(2026, 11, day) for day in (9, 10, 11, 12)]
    for day in days:
        absent(student, RollTime.DAY, day=day)
    absent(student, RollTime.FIRST, day=date(2026, 11, 13))
    assert [alert.code for alert in warned(student)] == []  # 29 hours

    absent(student, RollTime.SECOND, day=date(2026, 11, 13))

    (alert,) = warned(student)
    assert (alert.code, str(alert.figure), alert.since) == ("ATT-3", "本学期旷课 30 课时", days[0])


def warned(student):
    return alerts(facts(student))


def facts(student):
    return facts_of(select(Student).where(Student.id == student.id), TODAY)[student.id]


def test_a_whole_day_missed_is_a_day_away(student):
    absent(student, RollTime.DAY, day=date(2026, 11, 24))

    run = facts(student).run

    assert (run.first, run.days) == (date(2026, 11, 24), 1)
