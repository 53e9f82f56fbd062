"""Whoever missed so many hours that the school has to decide does not move up without a reason."""

from datetime import date

import pytest
import time_machine

from exchange.orders.obstacles import Cause
from exchange.welfare.models import AbsenceKind
from exchange.welfare.promotion import unexcused_hours_stand_against
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory

END = date(2027, 7, 10)


@pytest.fixture(autouse=True)
def school_year(db):
    with time_machine.travel("2027-07-10 10:00:00+08:00", tick=False):
        TermFactory(school_year=2026, number=1)
        TermFactory(school_year=2026, number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 15))
        yield


def absent(student, hours, day=date(2026, 11, 2), kind=AbsenceKind.UNEXCUSED):
    return AbsenceFactory(student=student, kind=kind, starts_on=day, ends_on=day, hours=hours)


@pytest.mark.parametrize(("hours", "stands"), [(89, False), (90, True)])
def test_ninety_hours_of_one_term_stand_against_it(app, hours, stands):
    student = StudentFactory()
    absent(student, hours)

    found = unexcused_hours_stand_against([student], END)

    assert (student.id in found) is stands
    if stands:
        assert (found[student.id].cause, found[student.id].message.zh) == (
            Cause.HOURS,
            "2026–2027学年第一学期旷课 90 课时，达到 90 课时",
        )
        assert found[student.id].place.endpoint == "welfare.of_student"


def test_hours_of_two_terms_are_not_added(app):
    student = StudentFactory()
    absent(student, 60)
    absent(student, 60, date(2027, 3, 1))

    assert unexcused_hours_stand_against([student], END) == {}


def test_hours_with_leave_and_of_another_year_do_not_count(app):
    student = StudentFactory()
    absent(student, 95, kind=AbsenceKind.SICK)
    absent(student, 95, date(2026, 5, 6))

    assert unexcused_hours_stand_against([student], END) == {}
