"""Who was not registered for the last term of the school year does not move up without a reason."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.enrolment import service
from exchange.enrolment.promotion import missing_registration_stands_against
from exchange.orders.obstacles import Cause
from exchange.students.models import StudentStatus
from tests.factories.programmes import TermFactory
from tests.factories.students import StudentFactory

END = date(2027, 7, 10)


@pytest.fixture(autouse=True)
def end_of_the_year(db):
    with time_machine.travel("2027-07-10 10:00:00+08:00", tick=False):
        yield


@pytest.fixture
def spring(db):
    TermFactory(school_year=2026, number=1)
    return TermFactory(school_year=2026, number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 15))


def register(student, term):
    service.register_for_term([student], term, by=None)
    database.session.commit()


def test_missing_registration_is_named_with_the_page_that_mends_it(app, spring):
    registered, missing = StudentFactory.create_batch(2)
    register(registered, spring)

    found = missing_registration_stands_against([registered, missing], END)

    assert list(found) == [missing.id]
    obstacle = found[missing.id]
    assert (obstacle.cause, obstacle.message.zh) == (Cause.REGISTRATION, f"没有注册{spring.label}")
    assert obstacle.place.values == {"term_id": spring.id, "class_id": missing.school_class_id}


def test_september_still_asks_about_the_year_that_has_ended(app, spring):
    autumn = TermFactory(school_year=2027, number=1, starts_on=date(2027, 9, 1), ends_on=date(2028, 1, 31))
    registered, missing = StudentFactory.create_batch(2)
    register(registered, spring)
    register(missing, autumn)

    assert list(missing_registration_stands_against([missing], date(2027, 9, 30))) == [missing.id]
    assert missing_registration_stands_against([missing], date(2027, 10, 1)) == {}


def test_school_that_keeps_no_registration_of_the_term_is_not_asked_for_it(app, spring):
    assert missing_registration_stands_against([StudentFactory()], END) == {}


def test_who_came_later_or_is_on_leave_needed_no_registration(app, spring):
    registered = StudentFactory()
    newcomer = StudentFactory(enrolled_on=date(2027, 7, 16))
    resting = StudentFactory(status=StudentStatus.ON_LEAVE)
    register(registered, spring)

    assert missing_registration_stands_against([newcomer, resting], END) == {}
