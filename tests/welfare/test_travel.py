"""Journeys: who travels with whom, who stays, and that everybody has arrived."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, text

from exchange.audit.queries import timeline
from exchange.core.database import SCHOOL_TIME
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.students.models import Student, StudentStatus
from exchange.welfare import policy, service
from exchange.welfare.models import HolidayStay, Leg, Seat
from exchange.welfare.queries import travel as queries
from exchange.welfare.service.travel import ImpossibleJourney, NotTravelling, TripExists
from tests.factories.accounts import HomeroomTeacherFactory, PrincipalFactory, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory
from tests.factories.welfare import HolidayStayFactory, SeatFactory, TravelGroupFactory, TripFactory

ARRIVED = datetime(2027, 1, 24, 19, 30, tzinfo=SCHOOL_TIME)


@pytest.fixture(autouse=True)
def evening(db):
    """The evening on which the group arrives."""
    with time_machine.travel("2027-01-24 20:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher():
    return HomeroomTeacherFactory()


@pytest.fixture
def student(teacher):
    return StudentFactory(name="岩旺", phone="13900000001", school_class=SchoolClassFactory(homeroom_teacher=teacher))


def journey(group):
    return {seat.student for seat in queries.seats_in(group)}


def test_group_takes_students_and_says_so_of_each(db):
    group, students = TravelGroupFactory(), StudentFactory.create_batch(2)

    service.send_with(group, students, by=None)
    database.session.commit()

    assert journey(group) == set(students)
    assert timeline(students[0])[0].changes["group"] == group.name


def test_change_of_group_gives_up_the_ticket(db):
    seat = SeatFactory(ticket="E123", place="05车12A")
    other = TravelGroupFactory(trip=seat.group.trip)

    service.send_with(other, [seat.student], by=None)
    database.session.commit()

    assert (seat.group, seat.ticket, seat.place) == (other, None, "")


def test_way_home_and_way_back_are_two_seats(db):
    seat = SeatFactory()
    back = TravelGroupFactory(trip=seat.group.trip, leg=Leg.BACK)

    service.send_with(back, [seat.student], by=None)
    database.session.commit()

    assert set(queries.plans_of(seat.group.trip, [seat.student_id]).seats[seat.student_id]) == {Leg.HOME, Leg.BACK}


def test_who_stays_gives_up_the_seat_and_who_goes_gives_up_the_stay(db):
    seat = SeatFactory()
    trip, student, group = seat.group.trip, seat.student, seat.group
    service.let_stay(trip, [student], place="学校宿舍", carer="尹老师", by=None)
    database.session.commit()
    assert journey(group) == set()
    assert queries.stays_in(trip, select(Student))[0].carer == "尹老师"

    service.send_with(group, [student], by=None)
    database.session.commit()

    assert journey(group) == {student}
    assert database.session.query(HolidayStay).count() == 0


def test_nobody_off_the_roll_travels_and_then_nobody_is_moved(db):
    group = TravelGroupFactory()

    with pytest.raises(NotTravelling, match="不在籍"):
        service.send_with(group, [StudentFactory(), StudentFactory(status=StudentStatus.WITHDRAWN)], by=None)

    assert journey(group) == set()


def test_who_has_arrived_neither_stays_nor_changes(db):
    seat = SeatFactory(arrived_at=ARRIVED)

    with pytest.raises(NotTravelling, match="已经出发"):
        service.let_stay(seat.group.trip, [seat.student], place="宿舍", carer="尹老师", by=None)
    with pytest.raises(NotTravelling, match="已经到了"):
        service.send_with(TravelGroupFactory(trip=seat.group.trip), [seat.student], by=None)


def test_arrival_is_confirmed_once_and_recorded(db, teacher):
    seat = SeatFactory()

    service.confirm_arrival(seat, arrived_at=ARRIVED, spoken_to="母亲 刀玉", by=teacher)
    database.session.commit()

    assert (seat.arrived_at, seat.spoken_to, seat.confirmed_by) == (ARRIVED, "母亲 刀玉", teacher)
    assert timeline(seat.student)[0].action == "seat.arrival_confirmed"
    assert "刀玉" not in str(timeline(seat.student)[0].changes)
    with pytest.raises(NotPossible):
        service.confirm_arrival(seat, arrived_at=ARRIVED, spoken_to="母亲 刀玉", by=teacher)


@pytest.mark.parametrize(
    ("moment", "person", "word"),
    [
        (ARRIVED + timedelta(hours=1), "母亲", "还没有到"),
        (datetime(2027, 1, 23, 6, 59, tzinfo=SCHOOL_TIME), "母亲", "早于集合"),
        (ARRIVED, " ", "哪位监护人"),
    ],
)
def test_impossible_arrivals_are_refused(db, moment, person, word):
    with pytest.raises(ImpossibleJourney, match=word):
        service.confirm_arrival(SeatFactory(), arrived_at=moment, spoken_to=person, by=None)


def test_at_school_nobody_needs_to_be_called(db):
    seat = SeatFactory(group=TravelGroupFactory(leg=Leg.BACK))

    service.confirm_arrival(seat, arrived_at=ARRIVED, by=None)


def test_arrival_that_nobody_confirmed_stands_on_top_after_a_day(db):
    seat = SeatFactory()
    SeatFactory(group=seat.group, arrived_at=ARRIVED)
    due = seat.group.arrives_at

    assert queries.missed(select(Seat), due + timedelta(hours=23, minutes=59)) == []
    assert queries.missed(select(Seat), due + timedelta(hours=24)) == [seat]


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2027, 2, 24), 0), (date(2027, 2, 25), 1)], ids=["three days", "four days"]
)
def test_who_is_not_back_after_three_days_is_late(db, day, expected):
    SeatFactory()

    assert len(queries.late_returns(SeatFactory().group.trip, select(Student), day)) == expected


def test_who_came_back_late_stays_on_the_list_and_who_came_in_time_does_not(db):
    trip = TripFactory()
    home = TravelGroupFactory(trip=trip)
    back = TravelGroupFactory(trip=trip, leg=Leg.BACK)
    arrivals = [
        datetime(2027, 2, 24, 23, 59, tzinfo=SCHOOL_TIME),
        datetime(2027, 2, 25, 0, 0, tzinfo=SCHOOL_TIME),
        None,
    ]
    _punctual, late, missing = students = StudentFactory.create_batch(3)
    for student, moment in zip(students, arrivals, strict=True):
        SeatFactory(group=home, student=student)
        SeatFactory(group=back, student=student, arrived_at=moment)

    found = queries.late_returns(trip, select(Student), date(2027, 3, 1))

    assert [(each.student, each.arrived_on, each.days) for each in found] == [
        (missing, None, 8),
        (late, date(2027, 2, 25), 4),
    ]


def test_classes_with_undecided_students_are_counted(db, student):
    trip = TripFactory()
    school_class = student.school_class
    SeatFactory(group=TravelGroupFactory(trip=trip), student=StudentFactory(school_class=school_class))
    HolidayStayFactory(trip=trip, student=StudentFactory(school_class=school_class))
    StudentFactory(school_class=school_class, status=StudentStatus.GRADUATED)

    assert queries.undecided(trip, select(Student)) == [(school_class, 1)]


def test_tickets_are_sealed(db):
    seat = SeatFactory()

    changed = service.set_tickets(seat.group, {seat.id: ("E123456", "05车12A")}, by=None)
    database.session.commit()

    assert (changed, seat.ticket, seat.place) == (1, "E123456", "05车12A")
    assert "E123456" not in database.session.execute(text("SELECT ticket FROM seat")).scalar()
    assert service.set_tickets(seat.group, {seat.id: ("E123456", "05车12A")}, by=None) == 0


def test_names_and_days_are_checked(db):
    group = TravelGroupFactory()
    values = {
        "route": "德清—芒市",
        "meeting_point": "南门",
        "meets_at": group.meets_at,
        "arrives_at": group.arrives_at,
        "escort": None,
    }

    with pytest.raises(TripExists):
        service.create_group(group.trip, leg=Leg.HOME, name=group.name, by=None, **values)
    with pytest.raises(ImpossibleJourney):
        service.change_group(group, by=None, **values | {"name": group.name, "arrives_at": group.meets_at})
    with pytest.raises(TripExists):
        service.create_trip(name=group.trip.name, leaves_on=date(2027, 1, 1), back_on=date(2027, 2, 1), by=None)
    with pytest.raises(ImpossibleJourney):
        service.create_trip(name="另一个", leaves_on=date(2027, 1, 1), back_on=date(2027, 1, 1), by=None)


def test_escort_sees_and_confirms_the_whole_group(db):
    escort = HomeroomTeacherFactory()
    seat = SeatFactory(group=TravelGroupFactory(escort=escort))
    SeatFactory()

    assert database.session.scalars(policy.seats_confirmable_by(escort)).all() == [seat]
    assert database.session.scalars(policy.seats_confirmable_by(PrincipalFactory())).all() == []
    assert policy.can_print(escort, seat.group)
    assert not policy.can_print(HomeroomTeacherFactory(), seat.group)


def test_registrar_plans_a_trip_from_the_first_page_on(sign_in, student):
    registrar = sign_in(RegistrarFactory())
    registrar.get("/welfare/travel/new")
    registrar.post("/welfare/travel/new", name="2027年寒假", leaves_on="2027-01-23", back_on="2027-02-21")
    trip = registrar.response.location
    registrar.get(f"{trip}/groups/new")
    registrar.post(
        f"{trip}/groups/new",
        leg="home",
        name="芒市组",
        route="德清—芒市",
        carrier="K739",
        meeting_point="南门",
        meets_at="2027-01-25T07:00",
        arrives_at="2027-01-26T18:00",
        escort_id="0",
    )
    (group,) = queries.groups_of(queries.find_trip("2027年寒假"))
    assert group.meets_at == datetime(2027, 1, 25, 7, 0, tzinfo=SCHOOL_TIME)
    address = f"{trip}/classes/{student.school_class_id}"
    registrar.get(address)
    assert "写明住在哪里" in registrar.post(address, expect=422, ids=[student.id], group_id="0")

    registrar.post(address, ids=[student.id], group_id=group.id)
    registrar.get(f"/welfare/travel/groups/{group.id}/edit")
    assert 'value="2027-01-25T07:00"' in registrar.get(f"/welfare/travel/groups/{group.id}/edit")
    (seat,) = queries.seats_in(group)
    registrar.get(f"/welfare/travel/groups/{group.id}/tickets")
    registrar.post(
        f"/welfare/travel/groups/{group.id}/tickets", **{f"ticket-{seat.id}": "E9", f"place-{seat.id}": "05车12A"}
    )

    page = registrar.get(f"/welfare/travel/groups/{group.id}")
    assert "岩旺" in page
    assert "05车12A" in page
    assert "还没有出发" in page


def test_teacher_taps_arrived(sign_in, teacher, student):
    GuardianshipFactory(student=student, guardian=GuardianFactory(name="刀玉"))
    seat = SeatFactory(student=student)
    SeatFactory(group=seat.group, student=StudentFactory(name="刀玉兰"))
    browser = sign_in(teacher)
    page = browser.get(f"/welfare/travel/groups/{seat.group_id}")
    assert "在路上" in page
    assert "刀玉兰" not in page
    form = browser.get(f"/welfare/travel/seats/{seat.id}/arrival")
    assert 'value="2027-01-24T20:00"' in form

    browser.post(f"/welfare/travel/seats/{seat.id}/arrival", arrived_at="2027-01-24T19:30", spoken_to="母亲 刀玉")

    assert (seat.arrived_at, seat.spoken_to) == (ARRIVED, "母亲 刀玉")
    assert "1 人，1 人已到" in browser.get(f"/welfare/travel/groups/{seat.group_id}")


def test_home_asks_for_arrivals(sign_in, teacher, student):
    SeatFactory(student=student)

    assert "1 名学生应该到了" in sign_in(teacher).get("/")
    assert "应该到了" not in sign_in(HomeroomTeacherFactory()).get("/")


def test_trip_page_puts_missing_arrivals_on_top(sign_in, teacher, student):
    seat = SeatFactory(student=student)
    with time_machine.travel("2027-03-01 08:00:00+08:00", tick=False):
        page = sign_in(teacher).get(f"/welfare/travel/{seat.trip_id}")

    assert "1 名学生过了预计到达时间一天" in page
    assert "1 名学生晚返校超过三天" in page
    assert page.index("过了预计到达时间") < page.index("芒市")


def test_list_for_the_escort_has_phones_and_is_recorded(sign_in, student):
    escort = HomeroomTeacherFactory()
    seat = SeatFactory(student=student, group=TravelGroupFactory(escort=escort))
    GuardianshipFactory(student=student, guardian=GuardianFactory(name="刀玉", phone="13800000009"))
    browser = sign_in(escort)
    assert "13900000001" not in browser.get(f"/welfare/travel/groups/{seat.group_id}")

    page = browser.post(f"/welfare/travel/groups/{seat.group_id}/list", expect=200)

    line = timeline(seat.group)[0]
    assert "13900000001" in page
    assert "13800000009" in page
    assert (line.action, line.actor, line.changes["rows"]) == ("travel_group.list_printed", escort, 1)


def test_list_goes_to_nobody_else(sign_in, teacher, student):
    seat = SeatFactory(student=student)
    browser = sign_in(teacher)
    browser.get(f"/welfare/travel/groups/{seat.group_id}")

    browser.post(f"/welfare/travel/groups/{seat.group_id}/list", expect=404)
