"""Who is where now, and what stands beside the name."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from exchange.attendance.models import AttendanceMark, LeaveKind, RollTime
from exchange.attendance.queries.today import Where, counts_of, people_of
from exchange.core.database import SCHOOL_TIME, now
from exchange.placements.models import PlacementStatus
from exchange.students.models import StudentStatus
from exchange.welfare.models import AbsenceKind, Leg
from tests.factories.attendance import LeaveRequestFactory, RollEntryFactory
from tests.factories.placements import PlacementFactory
from tests.factories.programmes import TermFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory
from tests.factories.welfare import (
    AbsenceFactory,
    BedStayFactory,
    ContactNoteFactory,
    HolidayStayFactory,
    SeatFactory,
    TravelGroupFactory,
    TripFactory,
)

TODAY = date(2026, 11, 25)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


@pytest.fixture
def student():
    return StudentFactory()


def person(student):
    return next(each for each in people_of(student.school_class_id, now()) if each.student == student)


def place(student):
    found = person(student).place
    return found.where, str(found.detail)


def test_nobody_knows_better_than_school(student):
    assert place(student) == (Where.SCHOOL, "")


def test_on_leave_until(student):
    LeaveRequestFactory(student=student, kind=LeaveKind.FESTIVAL, starts_on=TODAY, ends_on=TODAY + WEEK)

    assert place(student) == (Where.LEAVE, "民族节日假 到 2026年12月2日")


def test_leave_for_other_lessons_does_not_take_the_student_away(student):
    LeaveRequestFactory(student=student, starts_on=TODAY, first_place=5)

    assert place(student) == (Where.SCHOOL, "")


def test_in_hospital(student):
    LeaveRequestFactory(student=student, starts_on=TODAY, in_hospital=True)

    assert place(student) == (Where.HOSPITAL, "到 2026年11月25日")


def test_at_a_host_by_its_name(student):
    placement = PlacementFactory(
        student=student, status=PlacementStatus.ACTIVE, starts_on=TODAY - WEEK, ends_on=TODAY + WEEK
    )

    assert place(student) == (Where.HOST, placement.host.name)


def test_on_leave_of_absence():
    assert place(StudentFactory(status=StudentStatus.ON_LEAVE))[0] is Where.BREAK


def test_who_has_left_is_missed_and_stands_first(student):
    here = StudentFactory(school_class=student.school_class, pinyin="a")
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=TODAY, ends_on=None, hours=0)

    people = people_of(student.school_class_id, now())

    assert [each.student for each in people] == [student, here]
    assert counts_of(people) == {Where.UNKNOWN: 1, Where.SCHOOL: 1}


@pytest.mark.parametrize(
    ("mark", "where"),
    [
        (AttendanceMark.ABSENT, Where.UNKNOWN),
        (AttendanceMark.LEFT_EARLY, Where.UNKNOWN),
        (AttendanceMark.LATE, Where.SCHOOL),
    ],
)
def test_last_roll_of_the_day_speaks(student, mark, where):
    RollEntryFactory(student=student, roll__day=TODAY, roll__time=RollTime.MORNING, mark=AttendanceMark.ABSENT)
    RollEntryFactory(student=student, roll__day=TODAY, roll__time=RollTime.SECOND, mark=mark)

    assert place(student)[0] is where


def test_roll_of_yesterday_says_nothing_about_today(student):
    RollEntryFactory(student=student, roll__day=TODAY - timedelta(days=1))

    assert place(student) == (Where.SCHOOL, "")


MORNING = datetime(2026, 11, 24, 8, tzinfo=SCHOOL_TIME)


def journey(student, leg=Leg.HOME, *, arrived=False, meets_at=MORNING):
    trip = TripFactory(leaves_on=date(2026, 11, 24), back_on=date(2026, 11, 30))
    group = TravelGroupFactory(trip=trip, leg=leg, name="芒市组", meets_at=meets_at, arrives_at=meets_at + WEEK)
    SeatFactory(group=group, student=student, arrived_at=now() if arrived else None)


@pytest.mark.parametrize(
    ("leg", "arrived", "expected"),
    [
        (Leg.HOME, False, (Where.HOME, "在路上：芒市组")),
        (Leg.HOME, True, (Where.HOME, "已到家")),
        (Leg.BACK, False, (Where.HOME, "返校路上：芒市组")),
        (Leg.BACK, True, (Where.SCHOOL, "")),
    ],
)
def test_on_the_way_and_at_home(student, leg, arrived, expected):
    journey(student, leg, arrived=arrived)

    assert place(student) == expected


def test_journey_that_has_not_begun(student):
    journey(student, meets_at=MORNING + WEEK)

    assert place(student) == (Where.SCHOOL, "")


def test_who_stays_over_the_holiday(student):
    trip = TripFactory(leaves_on=TODAY, back_on=TODAY + WEEK)
    HolidayStayFactory(trip=trip, student=student, place="学校宿舍", carer="值班老师")

    assert place(student) == (Where.SCHOOL, "假期留下：学校宿舍，值班老师照看")


def test_what_stands_beside_the_name(student):
    student.birth_date = date(2010, 11, 25)
    AbsenceFactory(student=student, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 13), hours=30)
    ContactNoteFactory(student=student, held_on=date(2026, 10, 25))
    stay = BedStayFactory(student=student)

    found = person(student)

    assert found.is_birthday
    assert (found.hours, found.alert.code) == (30, "ATT-3")
    assert (found.contact.days, found.contact.is_overdue) == (31, True)
    assert found.bed == f"{stay.room.label}-1"


@pytest.mark.parametrize(("born", "is_birthday"), [(date(2010, 11, 24), False), (date(2010, 11, 26), False)])
def test_birthday_is_one_day(student, born, is_birthday):
    student.birth_date = born

    assert person(student).is_birthday is is_birthday


def test_guardian_to_call_has_a_phone_and_comes_first(student):
    GuardianshipFactory(student=student, call_order=1)
    GuardianshipFactory(student=student, call_order=3, guardian=GuardianFactory(phone="13800000003"))
    second = GuardianshipFactory(student=student, call_order=2, guardian=GuardianFactory(phone="13800000002"))
    GuardianshipFactory(student=student, call_order=1, until=TODAY, guardian=GuardianFactory(phone="13800000001"))

    assert person(student).bond == second
