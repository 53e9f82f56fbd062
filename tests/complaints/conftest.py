"""A Monday in March, and a student at work who has an account."""

import pytest
import time_machine

from tests.factories.accounts import StudentUserFactory
from tests.factories.journals import RunningPlacementFactory


@pytest.fixture(autouse=True)
def monday(db):
    with time_machine.travel("2026-03-09 12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def user():
    return StudentUserFactory()


@pytest.fixture
def placement(user):
    return RunningPlacementFactory(student__user_id=user.id, student__name="岩旺")
