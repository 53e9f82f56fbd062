"""Who is homeroom teacher of a class from which day on, and since when the class says so."""

from datetime import date, timedelta

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.database import today
from exchange.core.errors import NotPossible
from exchange.jobs import service as jobs
from exchange.programmes import queries, service
from exchange.students import policy as students
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.programmes import ProgrammeFactory, SchoolClassFactory
from tests.factories.students import StudentFactory

MARCH, SEPTEMBER = date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def travel():
    """It is 1 May 2026 at the school; travel(day) goes to another morning."""
    with time_machine.travel("2026-05-01T02:00:00+00:00", tick=False) as traveller:
        yield lambda day: traveller.move_to(f"{day}T02:00:00+00:00")


@pytest.fixture
def school_class(db, travel):
    return service.create_class(name="2025级云南班", programme=ProgrammeFactory(intake_year=2025), by=None)


def told(school_class):
    return [
        (period.teacher.name if period.teacher else "", period.begins_on, period.until)
        for period in queries.homerooms_of(school_class)
    ]


def test_naming_takes_effect_at_once_and_keeps_the_former_teacher(school_class):
    former, following = HomeroomTeacherFactory(name="尹老师"), HomeroomTeacherFactory(name="段老师")
    registrar = RegistrarFactory()
    service.name_homeroom_teacher(school_class, former, begins_on=date(2025, 9, 1), by=registrar)

    service.name_homeroom_teacher(school_class, following, begins_on=MARCH, by=registrar)

    assert school_class.homeroom_teacher == following
    assert told(school_class) == [("尹老师", date(2025, 9, 1), MARCH), ("段老师", MARCH, None)]
    event = timeline(school_class)[0]
    assert (event.action, event.actor) == ("school_class.homeroom_named", registrar)
    assert event.changes == {"begins_on": "2026-03-01", "teacher": ["尹老师", "段老师"]}


def test_naming_ahead_takes_effect_on_its_day_and_with_it_the_scope(school_class, travel):
    former, following = HomeroomTeacherFactory(), HomeroomTeacherFactory()
    student = StudentFactory(school_class=school_class)
    service.name_homeroom_teacher(school_class, former, begins_on=MARCH, by=None)
    service.name_homeroom_teacher(school_class, following, begins_on=SEPTEMBER, by=None)
    assert service.bring_up_to_date(by=None) == 0
    assert school_class.homeroom_teacher == former

    travel(SEPTEMBER - timedelta(days=1))
    assert service.bring_up_to_date(by=None) == 0
    travel(SEPTEMBER)
    assert service.bring_up_to_date(by=None) == 1

    assert school_class.homeroom_teacher == following
    assert timeline(school_class)[0].action == "school_class.homeroom_taken_effect"
    database.session.flush()
    assert database.session.scalars(students.visible_to(following)).all() == [student]
    assert database.session.scalars(students.visible_to(former)).all() == []
    assert service.bring_up_to_date(by=None) == 0


def test_the_worker_brings_classes_up_to_date_every_day():
    assert "programmes.bring_up_to_date" in jobs.DAILY


def test_the_same_day_again_replaces_what_was_said_of_it(school_class):
    first, mistaken, meant = (HomeroomTeacherFactory(name=name) for name in ("尹老师", "错老师", "段老师"))
    service.name_homeroom_teacher(school_class, first, begins_on=date(2025, 9, 1), by=None)
    service.name_homeroom_teacher(school_class, mistaken, begins_on=MARCH, by=None)

    service.name_homeroom_teacher(school_class, meant, begins_on=MARCH, by=None)
    assert told(school_class) == [("尹老师", date(2025, 9, 1), MARCH), ("段老师", MARCH, None)]

    service.name_homeroom_teacher(school_class, first, begins_on=MARCH, by=None)
    assert told(school_class) == [("尹老师", date(2025, 9, 1), None)]
    assert school_class.homeroom_teacher == first


def test_a_class_may_have_nobody_for_a_while(school_class):
    teacher = HomeroomTeacherFactory(name="尹老师")
    service.name_homeroom_teacher(school_class, teacher, begins_on=date(2025, 9, 1), by=None)

    service.name_homeroom_teacher(school_class, None, begins_on=MARCH, by=None)

    assert school_class.homeroom_teacher is None
    assert told(school_class)[-1] == ("", MARCH, None)
    with pytest.raises(service.AlreadyThere):
        service.name_homeroom_teacher(school_class, None, begins_on=today(), by=None)


def test_a_teacher_of_whom_nobody_told_since_when_is_kept_from_the_day_of_the_class(db, travel):
    former = HomeroomTeacherFactory(name="尹老师")
    school_class = SchoolClassFactory(homeroom_teacher=former)
    following = HomeroomTeacherFactory(name="段老师")

    service.name_homeroom_teacher(school_class, following, begins_on=SEPTEMBER, by=None)

    assert told(school_class) == [("尹老师", date(2026, 5, 1), SEPTEMBER), ("段老师", SEPTEMBER, None)]
    assert school_class.homeroom_teacher == former


@pytest.mark.parametrize(("name", "held"), [("尹老师", "尹老师"), ("", "")])
def test_the_beginning_that_nobody_told_can_be_told(db, travel, name, held):
    teacher = HomeroomTeacherFactory(name="尹老师")
    school_class = SchoolClassFactory(homeroom_teacher=teacher)

    service.name_homeroom_teacher(school_class, teacher if name else None, begins_on=date(2025, 9, 1), by=None)

    assert told(school_class) == [(held, date(2025, 9, 1), None)]


def test_only_active_homeroom_teachers_are_named(school_class):
    for somebody in (SubjectTeacherFactory(), HomeroomTeacherFactory(active=False)):
        with pytest.raises(service.NotATeacher, match=somebody.name):
            service.name_homeroom_teacher(school_class, somebody, begins_on=MARCH, by=None)

    assert told(school_class) == []


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2027, 5, 2), True),
        (date(2027, 5, 3), False),
    ],
)
def test_days_that_cannot_be_meant_are_refused(school_class, day, fits):
    teacher = HomeroomTeacherFactory()
    if fits:
        service.name_homeroom_teacher(school_class, teacher, begins_on=day, by=None)
        assert len(told(school_class)) == 1
        return
    with pytest.raises(service.OutOfRange):
        service.name_homeroom_teacher(school_class, teacher, begins_on=day, by=None)


def test_an_earlier_day_and_the_same_teacher_are_refused(school_class):
    teacher = HomeroomTeacherFactory()
    service.name_homeroom_teacher(school_class, teacher, begins_on=MARCH, by=None)

    with pytest.raises(service.OutOfRange, match="2026年3月1日"):
        service.name_homeroom_teacher(
            school_class, HomeroomTeacherFactory(), begins_on=MARCH - timedelta(days=1), by=None
        )
    with pytest.raises(service.AlreadyThere, match=teacher.name):
        service.name_homeroom_teacher(school_class, teacher, begins_on=SEPTEMBER, by=None)


def test_a_naming_ahead_is_taken_back_until_its_day(school_class, travel):
    former = HomeroomTeacherFactory(name="尹老师")
    service.name_homeroom_teacher(school_class, former, begins_on=MARCH, by=None)
    service.name_homeroom_teacher(school_class, HomeroomTeacherFactory(), begins_on=SEPTEMBER, by=None)

    travel(SEPTEMBER)
    with pytest.raises(NotPossible):
        service.take_back_homeroom(school_class, by=None)
    travel(SEPTEMBER - timedelta(days=1))
    service.take_back_homeroom(school_class, by=None)

    assert told(school_class) == [("尹老师", MARCH, None)]
    assert timeline(school_class)[0].action == "school_class.homeroom_taken_back"
