"""Classes as of a day: who was in them, and who looked after them."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.programmes import queries, service
from exchange.students.history import Span, State
from exchange.students.models import StudentStatus
from exchange.students.service import set_history
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

BEGUN, LEFT = date(2026, 9, 1), date(2026, 11, 10)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def registrar(sign_in):
    return sign_in(RegistrarFactory())


@pytest.fixture
def school_class(db):
    """Two students of whom one has left, and a homeroom teacher who has followed another."""
    first, second = HomeroomTeacherFactory(name="尹老师"), HomeroomTeacherFactory(name="段老师")
    school_class = SchoolClassFactory(homeroom_teacher=None)
    service.name_homeroom_teacher(school_class, first, begins_on=BEGUN, by=None)
    service.name_homeroom_teacher(school_class, second, begins_on=LEFT, by=None)
    leaver = StudentFactory(school_class=school_class, enrolled_on=BEGUN)
    StudentFactory(school_class=school_class, enrolled_on=date(2026, 9, 20))
    states = [(BEGUN, StudentStatus.REGISTERED), (LEFT, StudentStatus.WITHDRAWN)]
    set_history(leaver, [Span(day, State(status, school_class.id)) for day, status in states])
    database.session.commit()
    return school_class


@pytest.mark.parametrize(
    ("day", "on_roll", "teacher"),
    [("2026-09-19", 1, "尹老师"), ("2026-11-09", 2, "尹老师"), ("2026-11-10", 1, "段老师"), (None, 1, "段老师")],
)
def test_page_of_the_class_tells_of_the_day(registrar, school_class, day, on_roll, teacher):
    page = registrar.get(f"/programmes/classes/{school_class.id}" + (f"?as_of={day}" if day else ""))

    assert f"在籍 {on_roll} 人 · 班主任{teacher}" in page
    assert ("这是截至" in page) is bool(day)
    assert (f"/programmes/classes/{school_class.id}/edit" in page) is not bool(day)


def test_list_of_classes_tells_of_the_day_and_leads_on_to_it(registrar, school_class):
    past, present = registrar.get("/programmes/classes?as_of=2026-11-09"), registrar.get("/programmes/classes")

    assert "尹老师" in past
    assert "段老师" not in past
    assert f'href="/programmes/classes/{school_class.id}?as_of=2026-11-09"' in past
    assert "段老师" in present
    assert "尹老师" not in present


def test_class_had_nobody_before_the_first_was_named(school_class):
    untold = SchoolClassFactory(homeroom_teacher=HomeroomTeacherFactory())

    assert queries.homeroom_teachers_on([school_class, untold], date(2026, 8, 31)) == {
        school_class.id: None,
        untold.id: untold.homeroom_teacher,
    }


@pytest.mark.parametrize("day", ["heute", "2026-11-26"])
def test_day_that_is_none_is_said(registrar, school_class, day):
    for page in ("/programmes/classes", f"/programmes/classes/{school_class.id}"):
        assert 'role="alert"' in registrar.get(f"{page}?as_of={day}")
