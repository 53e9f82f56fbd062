"""From former state, new state and running grants to tasks."""

import pytest

from exchange.aid.impact import GONE, Task, tasks_for
from exchange.aid.values import AidKind, Step
from exchange.students.models import ON_ROLL
from exchange.students.models import StudentStatus as Is

GRANT, YULU = AidKind.NATIONAL_GRANT, AidKind.RAIN_AND_DEW


@pytest.mark.parametrize(
    ("former", "new", "step"),
    [
        (Is.REGISTERED, Is.ON_LEAVE, Step.SUSPEND),
        (Is.ON_LEAVE, Is.REGISTERED, Step.RESUME),
        *((Is.REGISTERED, gone, Step.STOP) for gone in GONE),
        (Is.ON_LEAVE, Is.WITHDRAWN, Step.STOP),
        (Is.WITHDRAWN, Is.REGISTERED, Step.RESUME),
    ],
)
def test_change_of_status_asks_for_a_step(former, new, step):
    assert tasks_for(former, new, [GRANT]) == [Task(step, GRANT)]


def test_county_is_told_whatever_happens():
    assert tasks_for(Is.REGISTERED, Is.ON_LEAVE, [YULU]) == [Task(Step.TELL_COUNTY, YULU)]


def test_nothing_is_asked_where_the_status_stays_or_nothing_runs():
    assert tasks_for(Is.REGISTERED, Is.REGISTERED, [GRANT]) == []
    assert tasks_for(Is.REGISTERED, Is.ON_LEAVE, []) == []


def test_each_kind_is_asked_for_once():
    assert tasks_for(Is.REGISTERED, Is.GRADUATED, [GRANT, GRANT]) == [Task(Step.STOP, GRANT)]


def test_every_status_is_on_the_roll_or_gone():
    assert set(Is) - GONE == set(ON_ROLL)
