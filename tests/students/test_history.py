from datetime import date, timedelta
from itertools import pairwise

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.students import history, service
from exchange.students.events import StudentEvent
from exchange.students.history import Span, State
from exchange.students.models import Student, StudentStatus
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

Is = StudentStatus
ENTRY, LEAVE, RETURN = date(2026, 9, 1), date(2027, 3, 1), date(2028, 3, 1)


@pytest.fixture
def away(db):
    """On leave from March 2027, back in a younger class from March 2028."""
    student = StudentFactory(enrolled_on=ENTRY)
    first, second = student.school_class, SchoolClassFactory()
    with time_machine.travel("2026-11-25", tick=False):
        service.set_history(
            student,
            [
                Span(RETURN, State(Is.REGISTERED, second.id)),
                Span(ENTRY, State(Is.REGISTERED, first.id)),
                Span(LEAVE, State(Is.ON_LEAVE, first.id)),
            ],
        )
    database.session.commit()
    return student


def roll(day):
    return set(database.session.scalars(history.as_of(select(Student), day)))


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (ENTRY - timedelta(1), None),
        (ENTRY, Is.REGISTERED),
        (LEAVE - timedelta(1), Is.REGISTERED),
        (LEAVE, Is.ON_LEAVE),
        (RETURN - timedelta(1), Is.ON_LEAVE),
        (RETURN, Is.REGISTERED),
    ],
)
def test_state_on_a_day_is_that_of_the_period(away, day, status):
    state = history.state_on(away, day)

    assert (state.status if state else None) == status
    assert roll(day) == ({away} if status else set())


def test_a_student_of_whom_nothing_changed_has_the_present_state_since_the_entry(db):
    student = StudentFactory(enrolled_on=ENTRY)

    assert history.periods_of(student) == []
    assert history.state_on(student, LEAVE) == State(Is.REGISTERED, student.school_class_id)
    assert roll(ENTRY - timedelta(1)) == set()
    assert roll(ENTRY) == {student}


def test_who_left_is_on_the_roll_of_former_days_only(db):
    student = StudentFactory(enrolled_on=ENTRY)
    with time_machine.travel("2027-03-02", tick=False):
        service.set_history(
            student, [Span(ENTRY, history.state_of(student)), Span(LEAVE, State(Is.WITHDRAWN, student.school_class_id))]
        )

    assert student.status is Is.WITHDRAWN
    assert roll(LEAVE - timedelta(1)) == {student}
    assert roll(LEAVE) == set()
    assert history.head_counts(LEAVE) == {Is.WITHDRAWN: 1}
    assert history.head_counts(LEAVE - timedelta(1), school_class_id=student.school_class_id) == {Is.REGISTERED: 1}


def test_a_change_dated_ahead_takes_effect_when_its_day_has_come(away):
    assert away.status is Is.REGISTERED

    with time_machine.travel(f"{LEAVE} 00:30 +0800", tick=False):
        assert service.bring_up_to_date(by=None) == 1
        assert service.bring_up_to_date(by=None) == 0
    database.session.commit()

    assert away.status is Is.ON_LEAVE
    assert timeline(away)[0].action == StudentEvent.STATE_TAKEN_EFFECT
    assert timeline(away)[0].changes["state"] == [["01", away.school_class_id], ["02", away.school_class_id]]


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2029, 1, 1)), st.sampled_from(Is)), min_size=1, max_size=8))
def test_merged_spans_are_in_order_and_each_changes_something(changes):
    spans = [Span(day, State(status, 1)) for day, status in changes]

    kept = history.merged(spans)

    assert kept[0].begins_on == min(day for day, _status in changes)
    assert all(before.begins_on < after.begins_on and before.state != after.state for before, after in pairwise(kept))
    last_of_day = dict(changes)
    for day in last_of_day:
        holding = [span for span in kept if span.begins_on <= day][-1]
        assert holding.state.status == last_of_day[day]


def test_change_for_who_is_enrolled_ahead_waits_for_its_day(db):
    """A roster of September that is imported in August."""
    student = StudentFactory(enrolled_on=ENTRY)
    second = SchoolClassFactory()
    spans = [Span(ENTRY, State(Is.REGISTERED, student.school_class_id)), Span(LEAVE, State(Is.REGISTERED, second.id))]

    with time_machine.travel("2026-08-20", tick=False):
        service.set_history(student, spans)
    database.session.commit()

    assert student.school_class_id == spans[0].state.school_class_id
    assert set(database.session.scalars(history.as_of(select(Student), ENTRY))) == {student}
