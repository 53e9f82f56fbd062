"""Taking the roll, correcting it, and the second teacher who is told of the first."""

from datetime import date, timedelta

import pytest
import time_machine

from exchange.attendance import service
from exchange.attendance.events import AttendanceEvent
from exchange.attendance.models import AttendanceMark, Roll, RollEntry, RollTime
from exchange.attendance.queries.rolls import sheet, times_taken
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.placements.models import PlacementStatus
from exchange.students import service as students
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from exchange.welfare.models import AbsenceKind
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.attendance import LeaveRequestFactory, RollEntryFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory

TODAY = date(2026, 11, 25)  # a Wednesday
ABSENT, LATE = AttendanceMark.ABSENT, AttendanceMark.LATE


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def school_class():
    return SchoolClassFactory()


@pytest.fixture
def pair(school_class):
    return [StudentFactory(school_class=school_class) for _number in range(2)]


def take(school_class, marks=None, *, version=0, by=None, day=TODAY, time=RollTime.FIRST):
    roll = service.take_roll(school_class, day=day, time=time, marks=marks or {}, version=version, by=by)
    database.session.commit()
    return roll


def noted(roll):
    return {entry.student_id: entry.mark for entry in roll.entries}


def row_of(student, time=RollTime.FIRST, day=TODAY):
    return next(row for row in sheet(student.school_class, day, time).rows if row.student == student)


def test_roll_keeps_who_was_not_there_and_leaves_a_line(school_class, pair):
    teacher = SubjectTeacherFactory()

    roll = take(school_class, {pair[0].id: ABSENT}, by=teacher)

    line = timeline(roll)[0]
    assert noted(roll) == {pair[0].id: ABSENT}
    assert (line.action, line.actor) == (AttendanceEvent.ROLL_TAKEN, teacher)
    assert line.changes["marks"] == {pair[0].student_no: ["", "absent"]}


def test_a_roll_at_which_everybody_was_there_is_taken_too(school_class, pair):
    assert times_taken(school_class, TODAY) == set()

    roll = take(school_class)

    assert (noted(roll), times_taken(school_class, TODAY)) == ({}, {RollTime.FIRST})


def test_correction_says_who_changed_what_from_what_to_what(school_class, pair):
    first = take(school_class, {pair[0].id: ABSENT}, by=SubjectTeacherFactory())
    other = HomeroomTeacherFactory()

    roll = take(school_class, {pair[1].id: LATE}, version=first.version, by=other)

    line = timeline(roll)[0]
    assert noted(roll) == {pair[1].id: LATE}
    assert (line.action, line.actor) == (AttendanceEvent.ROLL_CORRECTED, other)
    assert line.changes["marks"] == {pair[0].student_no: ["absent", ""], pair[1].student_no: ["", "late"]}


def test_second_teacher_overwrites_nothing_unseen(school_class, pair):
    take(school_class, {pair[0].id: ABSENT})

    with pytest.raises(service.RollChanged) as refusal:
        take(school_class, {pair[1].id: ABSENT}, version=0)
    database.session.rollback()

    assert refusal.value.sheet.version == 1
    assert database.session.query(RollEntry).one().student_id == pair[0].id


def test_the_same_roll_sent_twice_is_taken_once(school_class, pair):
    first = take(school_class, {pair[0].id: ABSENT})

    second = take(school_class, {pair[0].id: ABSENT}, version=0)

    assert (second.id, second.version, len(timeline(second))) == (first.id, 1, 1)


def test_who_belongs_to_another_class_is_not_noted(school_class, pair):
    roll = take(school_class, {StudentFactory().id: ABSENT})

    assert noted(roll) == {}


@pytest.mark.parametrize(("days", "is_open"), [(1, False), (0, True), (-30, True), (-31, False)])
def test_days_on_which_a_teacher_takes_the_roll(school_class, pair, days, is_open):
    day = TODAY + timedelta(days=days)
    if is_open:
        take(school_class, day=day, by=HomeroomTeacherFactory())
    else:
        with pytest.raises(service.RollClosed):
            take(school_class, day=day, by=HomeroomTeacherFactory())
        database.session.rollback()

    assert database.session.query(Roll).count() == is_open


def test_registrar_corrects_what_is_long_ago_but_not_what_has_not_come(school_class, pair):
    roll = take(school_class, day=TODAY - timedelta(days=60), by=RegistrarFactory())
    assert roll.day == TODAY - timedelta(days=60)

    with pytest.raises(service.RollClosed):
        take(school_class, day=TODAY + timedelta(days=1), by=RegistrarFactory())


def test_approved_leave_excuses_and_is_not_noted(school_class, pair):
    LeaveRequestFactory(student=pair[0], starts_on=TODAY)

    assert row_of(pair[0]).excuse.label == "病假"
    assert row_of(pair[1]).excuse is None
    assert noted(take(school_class, {pair[0].id: ABSENT})) == {}


@pytest.mark.parametrize("status", ["pending", "awaiting_guardian", "refused", "withdrawn"])
def test_leave_that_is_not_approved_excuses_nothing(pair, status):
    LeaveRequestFactory(student=pair[0], starts_on=TODAY, status=status)

    assert row_of(pair[0]).excuse is None


def test_leave_for_a_part_of_the_day_excuses_its_lessons_only(pair):
    LeaveRequestFactory(student=pair[0], starts_on=TODAY, first_place=3, last_place=4)

    excused = [time for time in RollTime if row_of(pair[0], time).excuse]

    assert excused == [RollTime.THIRD, RollTime.FOURTH]
    assert row_of(pair[0], RollTime.DAY).partly.label == "病假"


@pytest.mark.parametrize(
    ("status", "starts_on", "ends_on", "is_excused"),
    [
        (PlacementStatus.ACTIVE, TODAY, TODAY, True),
        (PlacementStatus.ACTIVE, TODAY + timedelta(days=1), TODAY + timedelta(days=9), False),
        (PlacementStatus.ACTIVE, TODAY - timedelta(days=9), TODAY - timedelta(days=1), False),
        (PlacementStatus.PREPARING, TODAY, TODAY, False),
        (PlacementStatus.TERMINATED, TODAY, TODAY, False),
    ],
)
def test_days_at_a_host_excuse(pair, status, starts_on, ends_on, is_excused):
    placement = PlacementFactory(student=pair[0], status=status, starts_on=starts_on, ends_on=ends_on)

    excuse = row_of(pair[0]).excuse

    assert (excuse.label if excuse else None) == (f"在{placement.host.name}实习" if is_excused else None)


def test_leave_of_absence_excuses_from_its_day_on(pair):
    student = pair[0]
    on_leave = State(StudentStatus.ON_LEAVE, student.school_class_id)
    students.set_history(student, [Span(student.enrolled_on, state_of(student)), Span(TODAY, on_leave)])
    database.session.commit()

    assert row_of(student).excuse.label == "休学"
    assert row_of(student, day=TODAY - timedelta(days=1)).excuse is None


@pytest.mark.parametrize(("hours", "is_excused"), [(7, True), (6, False)])
def test_leave_that_the_homeroom_teacher_has_noted_for_the_whole_day_excuses(pair, hours, is_excused):
    AbsenceFactory(student=pair[0], kind=AbsenceKind.SICK, starts_on=TODAY, hours=hours)

    assert (row_of(pair[0]).excuse is not None) is is_excused


def test_who_has_left_stands_as_absent_from_the_beginning(pair):
    AbsenceFactory(student=pair[0], kind=AbsenceKind.LEFT, starts_on=TODAY, ends_on=None, hours=0)

    row = row_of(pair[0])

    assert (row.mark, row.has_left, row.excuse) == (ABSENT, True, None)


def test_what_was_noted_before_the_leave_was_approved_stays(school_class, pair):
    RollEntryFactory(student=pair[0], roll__day=TODAY)
    LeaveRequestFactory(student=pair[0], starts_on=TODAY)

    roll = take(school_class, {pair[1].id: LATE}, version=1)

    assert noted(roll) == {pair[0].id: ABSENT, pair[1].id: LATE}
