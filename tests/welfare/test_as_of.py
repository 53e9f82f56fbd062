"""Early warning, beds and journeys as of a day: what has changed in between shows differently on each."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import SCHOOL_TIME, end_of
from exchange.core.database import db as database
from exchange.students.history import Span, State
from exchange.students.models import Sex, Student, StudentStatus
from exchange.students.service import set_history
from exchange.welfare.models import AbsenceKind, Leg, Seat, StayEnd
from exchange.welfare.queries import dormitory, travel
from exchange.welfare.queries.attrition import board
from exchange.welfare.rules.attrition import Level
from tests.factories.accounts import RegistrarFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import (
    AbsenceFactory,
    BedStayFactory,
    ContactNoteFactory,
    SeatFactory,
    VisitReportFactory,
    VisitSheetFactory,
)

BEGUN = date(2024, 9, 1)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


@pytest.fixture
def registrar(sign_in):
    return sign_in(RegistrarFactory())


def lines(day):
    return {line.student.name: line.worst.level for line in board(select(Student), day)}


def with_history(student, *changes):
    states = [(BEGUN, StudentStatus.REGISTERED), *changes]
    set_history(student, [Span(day, State(status, student.school_class_id)) for day, status in states])
    database.session.commit()
    return student


def test_counter_grows_from_day_to_day():
    student = StudentFactory(name="岩旺")
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 2), ends_on=None, hours=0)

    assert lines(date(2026, 11, 1)) == {}
    assert lines(date(2026, 11, 15)) == {"岩旺": Level.URGENT}
    assert lines(date(2026, 11, 16)) == {"岩旺": Level.CANDIDATE}


def test_who_has_left_since_stood_on_the_board_then():
    student = StudentFactory(name="岩旺", enrolled_on=BEGUN)
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 2), ends_on=None, hours=0)
    with_history(student, (date(2026, 11, 20), StudentStatus.WITHDRAWN))

    assert lines(date(2026, 11, 19)) == {"岩旺": Level.CANDIDATE}
    assert lines(date(2026, 11, 20)) == {}


def test_leave_counts_from_its_day_until_the_return():
    student = StudentFactory(name="岩旺", enrolled_on=BEGUN)
    leave, back = date(2024, 9, 20), date(2026, 10, 1)
    with_history(student, (leave, StudentStatus.ON_LEAVE), (back, StudentStatus.REGISTERED))

    assert lines(date(2026, 9, 19)) == {"岩旺": Level.NOTICE}
    assert lines(date(2026, 9, 20)) == {"岩旺": Level.CANDIDATE}
    assert lines(date(2026, 9, 30)) == {"岩旺": Level.CANDIDATE}
    assert lines(back) == {}


def test_talk_of_later_answers_nothing_of_the_day():
    student = StudentFactory()
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 2), ends_on=None, hours=0)
    ContactNoteFactory(student=student, held_on=date(2026, 11, 20))

    (before,), (after,) = board(select(Student), date(2026, 11, 19)), board(select(Student), date(2026, 11, 20))

    assert before.answered is None
    assert after.answered is not None


def test_page_of_early_warning_gone_by_takes_no_notes(registrar):
    student = StudentFactory(name="岩旺")
    AbsenceFactory(student=student, kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 2), ends_on=None, hours=0)
    note = f"/welfare/students/{student.id}/contacts/new"

    past = registrar.get("/welfare?as_of=2026-11-16")
    assert "岩旺" in past
    assert "这是截至 2026年11月16日" in past
    assert note not in past
    assert "岩旺" not in registrar.get("/welfare?as_of=2026-11-01")
    present = registrar.get("/welfare")
    assert note in present
    assert "这是截至" not in present


@pytest.mark.parametrize(
    ("day", "sleeps"),
    [
        (date(2026, 9, 30), False),
        (date(2026, 10, 1), True),
        (date(2026, 10, 31), True),
        (date(2026, 11, 1), False),
    ],
)
def test_bed_is_taken_from_the_first_to_the_last_night(registrar, day, sleeps):
    stay = BedStayFactory(begins_on=date(2026, 10, 1), ended_on=date(2026, 11, 1), ended_by=StayEnd.MOVED_OUT)

    assert dormitory.occupants(stay.room, day=day) == ([stay] if sleeps else [])
    assert dormitory.totals(day=day)[stay.room.sex][1] == sleeps
    ((_room, taken),) = database.session.execute(dormitory.rooms(day=day))
    assert taken == sleeps
    page = registrar.get(f"/welfare/dormitory/rooms/{stay.room_id}?as_of={day}")
    assert (stay.student.name in page) is sleeps
    assert "以前的没有留底" in registrar.get(f"/welfare/dormitory?as_of={day}")


def test_room_that_has_become_smaller_still_shows_its_former_beds(registrar):
    stay = BedStayFactory(bed=2, begins_on=date(2026, 10, 1), ended_on=date(2026, 11, 1), ended_by=StayEnd.MOVED_OUT)
    stay.room.capacity = 1
    database.session.commit()

    page = registrar.get(f"/welfare/dormitory/rooms/{stay.room_id}?as_of=2026-10-15")

    assert stay.student.name in page
    assert "/end" not in page


def test_beds_of_now_are_those_of_today():
    stay = BedStayFactory(student__sex=Sex.FEMALE)

    assert dormitory.totals() == dormitory.totals(day=date(2026, 11, 25))
    assert dormitory.occupants(stay.room) == dormitory.occupants(stay.room, day=date(2026, 11, 25))


def test_arrival_is_missed_until_the_day_it_was_confirmed(sign_in):
    with time_machine.travel("2027-02-01 10:00:00+08:00", tick=False):
        seat = SeatFactory()
        due = seat.group.arrives_at.astimezone(SCHOOL_TIME).date()
        seat.arrived_at = datetime(due.year, due.month, due.day + 2, 18, 0, tzinfo=SCHOOL_TIME)
        database.session.commit()
        trip = seat.group.trip
        before, after = due.replace(day=due.day + 1), due.replace(day=due.day + 2)

        assert travel.missed(select(Seat), end_of(before), trip=trip) == [seat]
        assert travel.missed(select(Seat), end_of(after), trip=trip) == []
        assert [load.arrived for load in travel.loads_of(trip, end_of(before))] == [0]
        assert [load.arrived for load in travel.loads_of(trip, end_of(after))] == [1]
        browser = sign_in(RegistrarFactory())
        assert "还没有人确认到达" in browser.get(f"/welfare/travel/{trip.id}?as_of={before}")
        assert "还没有人确认到达" not in browser.get(f"/welfare/travel/{trip.id}?as_of={after}")


def test_late_return_is_open_until_the_day_of_the_return():
    home = SeatFactory(leg=Leg.HOME, group__leg=Leg.HOME)
    trip = home.group.trip
    back_on = trip.back_on
    moment = datetime(back_on.year, back_on.month, back_on.day, 12, 0, tzinfo=SCHOOL_TIME).timestamp() + 6 * 86400
    arrived_at = datetime.fromtimestamp(moment, SCHOOL_TIME)
    SeatFactory(student=home.student, group__trip=trip, group__leg=Leg.BACK, leg=Leg.BACK, arrived_at=arrived_at)
    day = arrived_at.date()

    (open_one,) = travel.late_returns(trip, select(Student), date.fromordinal(day.toordinal() - 1))
    (closed,) = travel.late_returns(trip, select(Student), day)

    assert (open_one.arrived_on, closed.arrived_on) == (None, day)


@pytest.mark.parametrize("address", ["/welfare", "/welfare/dormitory"])
def test_day_that_is_none_gets_one_sentence(registrar, address):
    BedStayFactory()

    assert registrar.get(f"{address}?as_of=heute").count("不是能查的日期") == 1
    assert registrar.get(f"{address}?as_of=2026-11-26").count("还没有到") == 1


def test_group_of_a_day_knows_only_who_had_arrived_by_then(sign_in):
    with time_machine.travel("2027-02-01 10:00:00+08:00", tick=False):
        seat = SeatFactory(student__name="岩旺")
        due = seat.group.arrives_at.astimezone(SCHOOL_TIME).date()
        seat.arrived_at = datetime(due.year, due.month, due.day + 2, 18, 0, tzinfo=SCHOOL_TIME)
        database.session.commit()
        browser = sign_in(RegistrarFactory())
        address = f"/welfare/travel/groups/{seat.group_id}"

        before = browser.get(f"{address}?as_of={due.replace(day=due.day + 1)}")
        after = browser.get(f"{address}?as_of={due.replace(day=due.day + 2)}")

        assert "1 人，0 人已到" in before
        assert "没有确认" in before
        assert "/arrival" not in before
        assert "带队名单" not in before
        assert "1 人，1 人已到" in after
        assert "以前的没有留底" in after
        assert "1 人，1 人已到" in browser.get(address)


def test_seats_of_a_moment_have_who_is_still_on_the_way_first():
    first = SeatFactory(student__name="岩旺", student__pinyin="yan wang")
    second = SeatFactory(student__name="安雨", student__pinyin="an yu", group=first.group)
    first.arrived_at = second.arrived_at = datetime(2027, 1, 25, 18, 0, tzinfo=SCHOOL_TIME)
    second.arrived_at += timedelta(days=1)
    database.session.commit()

    assert travel.seats_in(first.group, moment=first.arrived_at) == [second, first]
    assert travel.seats_in(first.group) == [second, first]
    assert travel.seats_in(first.group, moment=first.arrived_at - timedelta(days=1)) == [second, first]


def test_home_visits_of_a_day(registrar):
    with time_machine.travel("2026-11-10 10:00:00+08:00", tick=False):
        sheet = VisitSheetFactory(student__name="岩旺")
        VisitReportFactory(sheet=sheet, visited_on=date(2026, 11, 20))
    with time_machine.travel("2026-11-22 10:00:00+08:00", tick=False):
        VisitSheetFactory(student__name="刀玉兰", occasion=sheet.occasion)

    planned = registrar.get("/welfare/visits?as_of=2026-11-19")
    visited = registrar.get("/welfare/visits?as_of=2026-11-20")

    assert "岩旺" not in registrar.get("/welfare/visits?as_of=2026-11-09")
    assert "岩旺" in planned
    assert "还没去</strong>" in planned
    assert "打印家访表" not in planned
    assert "2026年11月20日 已填" in visited
    assert "刀玉兰" not in visited
    assert "刀玉兰" in registrar.get("/welfare/visits")
    assert "岩旺" not in registrar.get("/welfare/visits?as_of=2026-11-20&state=open")
    assert "岩旺" in registrar.get("/welfare/visits?as_of=2026-11-19&state=open")


def test_class_of_the_day_stands_beside_the_name(registrar):
    student = StudentFactory(name="岩旺", enrolled_on=BEGUN)
    former, present = student.school_class, SchoolClassFactory()
    spans = [(BEGUN, former), (date(2026, 11, 15), present)]
    set_history(student, [Span(day, State(StudentStatus.REGISTERED, each.id)) for day, each in spans])
    with time_machine.travel("2026-11-10 10:00:00+08:00", tick=False):
        VisitSheetFactory(student=student)
    seat = SeatFactory(student=student)
    database.session.commit()

    for page in ("/welfare/visits", f"/welfare/travel/groups/{seat.group_id}"):
        assert former.name in registrar.get(f"{page}?as_of=2026-11-14")
        assert present.name in registrar.get(f"{page}?as_of=2026-11-15")
        assert present.name in registrar.get(page)
