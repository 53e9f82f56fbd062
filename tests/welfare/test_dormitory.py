"""Beds: the sex fits, one bed holds one student, nobody off the roll, and every move stays readable."""

from datetime import date

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.jobs import service as jobs
from exchange.students.models import Sex, StudentStatus
from exchange.welfare import service
from exchange.welfare.models import BedStay, StayEnd
from exchange.welfare.queries import dormitory as queries
from exchange.welfare.service.dormitory import BedRefused, RoomExists
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import BedStayFactory, DormitoryBuildingFactory, DormitoryRoomFactory


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


def beds(room):
    return {stay.bed: stay.student for stay in queries.occupants(room)}


def test_student_takes_the_first_free_bed(db):
    room = BedStayFactory().room
    student = StudentFactory()

    service.assign_bed(student, room, by=None)
    database.session.commit()

    assert beds(room)[2] == student
    assert timeline(student)[0].changes == {"bed": [None, f"{room.label}-2"]}


def test_move_keeps_where_the_student_slept_before(db):
    stay = BedStayFactory()
    room = DormitoryRoomFactory()

    service.assign_bed(stay.student, room, by=None)
    database.session.commit()

    assert [(each.room, each.ended_on, each.ended_by) for each in queries.stays_of(stay.student)] == [
        (room, None, None),
        (stay.room, date(2026, 11, 25), StayEnd.MOVED),
    ]


@pytest.mark.parametrize(
    ("student", "bed", "word"),
    [
        ({"sex": Sex.MALE}, None, "住女生"),
        ({"status": StudentStatus.WITHDRAWN}, None, "不在籍"),
        ({}, 1, "1 号床住着"),
        ({}, 3, "没有 3 号床"),
    ],
)
def test_bed_is_refused(db, student, bed, word):
    room = BedStayFactory().room

    with pytest.raises(BedRefused, match=word):
        service.assign_bed(StudentFactory(**student), room, bed=bed, by=None)


def test_full_room_is_refused(db):
    room = BedStayFactory(room__capacity=1).room

    with pytest.raises(BedRefused, match="没有空床"):
        service.assign_bed(StudentFactory(), room, by=None)


def test_student_on_leave_keeps_a_bed(db):
    student, room = StudentFactory(status=StudentStatus.ON_LEAVE), DormitoryRoomFactory()

    stay = service.assign_bed(student, room, by=None)

    assert (stay.student, stay.room, stay.ended_on) == (student, room, None)


@pytest.mark.parametrize("same", ["bed", "student"])
def test_database_itself_holds_one_bed_for_one_student(db, same):
    stay = BedStayFactory()
    second = {"room": stay.room, "bed": 1} if same == "bed" else {"student": stay.student}

    with pytest.raises(IntegrityError):
        BedStayFactory(**second)
    database.session.rollback()


def test_class_is_put_into_beds_room_by_room(db):
    house = DormitoryBuildingFactory()
    first, second = (DormitoryRoomFactory(building=house, number=number) for number in ("101", "102"))
    boys = DormitoryRoomFactory(building=house, number="201", sex=Sex.MALE)
    girls, boy = StudentFactory.create_batch(3), StudentFactory(sex=Sex.MALE)

    service.fill_beds([*girls, boy], by=None)
    database.session.commit()

    assert beds(first) == {1: girls[0], 2: girls[1]}
    assert beds(second) == {1: girls[2]}
    assert beds(boys) == {1: boy}


def test_too_few_beds_put_nobody_into_one(db):
    DormitoryRoomFactory()
    DormitoryRoomFactory(sex=Sex.MALE, capacity=1)
    students = [StudentFactory(), *StudentFactory.create_batch(2, sex=Sex.MALE)]

    with pytest.raises(BedRefused, match="男生要 2 张床，只有 1 张空床"):
        service.fill_beds(students, by=None)
    database.session.commit()

    assert database.session.query(BedStay).count() == 0


def test_room_takes_all_of_a_group_or_nobody(db):
    room = BedStayFactory().room

    with pytest.raises(BedRefused):
        service.assign_room(StudentFactory.create_batch(2), room, by=None)
    database.session.commit()

    assert len(queries.occupants(room)) == 1


def test_bed_of_who_left_the_roll_is_freed_by_the_daily_job(db):
    leaver = BedStayFactory(student__status=StudentStatus.GRADUATED)
    resting = BedStayFactory(student__status=StudentStatus.ON_LEAVE)
    jobs.enqueue("welfare.free_beds", by=None)
    database.session.commit()

    jobs.run_pending()

    database.session.expire_all()
    assert (leaver.ended_on, leaver.ended_by) == (date(2026, 11, 25), StayEnd.LEFT_ROLL)
    assert timeline(leaver.student)[0].action == "bed_stay.freed"
    assert resting.ended_on is None
    assert "welfare.free_beds" in jobs.DAILY


def test_move_out_frees_the_bed_once(db):
    stay = BedStayFactory()

    service.move_out(stay, by=None)
    database.session.commit()

    assert beds(stay.room) == {}
    with pytest.raises(NotPossible):
        service.move_out(stay, by=None)


def test_room_in_use_keeps_its_sex_and_the_beds_in_use(db):
    room = BedStayFactory(bed=2).room

    with pytest.raises(NotPossible, match="不能改男女"):
        service.change_room(room, sex=Sex.MALE, capacity=2, by=None)
    with pytest.raises(NotPossible, match="2 号床"):
        service.change_room(room, sex=Sex.FEMALE, capacity=1, by=None)
    service.change_room(room, sex=Sex.FEMALE, capacity=3, by=None)

    assert room.capacity == 3


def test_rooms_and_buildings_have_names_of_their_own(db):
    room = DormitoryRoomFactory()

    with pytest.raises(RoomExists):
        service.create_building(name=room.building.name, by=None)
    with pytest.raises(RoomExists, match=room.number):
        service.create_rooms(room.building, numbers=[room.number], sex=Sex.MALE, capacity=4, by=None)


def test_totals_count_beds_and_who_sleeps_in_them(db):
    BedStayFactory()
    DormitoryRoomFactory(sex=Sex.MALE, capacity=6)

    assert queries.totals() == {Sex.FEMALE: (2, 1), Sex.MALE: (6, 0)}


def test_registrar_sets_up_rooms_and_assigns_a_class(sign_in):
    registrar = sign_in(RegistrarFactory())
    student, second = StudentFactory.create_batch(2, school_class=SchoolClassFactory())
    registrar.get("/welfare/dormitory/buildings/new")
    registrar.post("/welfare/dormitory/buildings/new", name="3号楼")
    registrar.get("/welfare/dormitory/rooms/new")
    house = queries.find_building("3号楼")
    registrar.post(
        "/welfare/dormitory/rooms/new", building_id=house.id, numbers="301-303，A12", sex="female", capacity="6"
    )
    assert [room.number for room, _taken in database.session.execute(queries.rooms())] == ["301", "302", "303", "A12"]
    address = f"/welfare/dormitory/classes/{student.school_class_id}"
    registrar.get(address)

    registrar.post(address, ids=[student.id, second.id], room_id="0")

    page = registrar.get(address)
    assert page.count("3号楼 301 1 号床") == page.count("3号楼 301 2 号床") == 1
    assert "2 人在籍，0 人还没有床位" in page


@pytest.mark.parametrize("written", ["", "abc", "101-99", "1-999"])
def test_rooms_need_numbers(sign_in, written):
    registrar = sign_in(RegistrarFactory())
    house = DormitoryBuildingFactory()
    registrar.get("/welfare/dormitory/rooms/new")

    registrar.post(
        "/welfare/dormitory/rooms/new", expect=422, building_id=house.id, numbers=written, sex="male", capacity="6"
    )


def test_refusal_of_a_bed_is_shown_and_changes_nothing(sign_in):
    registrar = sign_in(RegistrarFactory())
    student = StudentFactory(sex=Sex.MALE)
    room = DormitoryRoomFactory()
    address = f"/welfare/dormitory/classes/{student.school_class_id}"
    registrar.get(address)

    assert "住女生" in registrar.post(address, expect=422, ids=[student.id], room_id=room.id)
    assert "先勾选学生" in registrar.post(address, expect=422, room_id=room.id)
    assert queries.occupants(room) == []


def test_homeroom_teacher_sees_names_of_own_class_only(sign_in):
    teacher = HomeroomTeacherFactory()
    own = BedStayFactory(student=StudentFactory(name="岩旺", school_class=SchoolClassFactory(homeroom_teacher=teacher)))
    BedStayFactory(room=own.room, bed=2, student=StudentFactory(name="刀玉兰"))
    browser = sign_in(teacher)

    page = browser.get(f"/welfare/dormitory/rooms/{own.room_id}")

    assert "岩旺" in page
    assert "刀玉兰" not in page
    assert "其他班的学生" in page
    browser.get("/welfare/dormitory/rooms/new", expect=403)
    browser.post(f"/welfare/dormitory/stays/{own.id}/end", expect=403)
