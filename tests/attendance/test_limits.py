"""Which lesson it is by the clock of the school."""

from datetime import datetime

import pytest

from exchange.attendance.limits import moment_at
from exchange.core.database import SCHOOL_TIME


@pytest.mark.parametrize(
    ("clock", "place"),
    [("07:59", 0), ("08:00", 1), ("08:49", 1), ("08:50", 2), ("16:00", 8), ("16:59", 8), ("17:00", 9), ("00:05", 0)],
)
def test_place_by_the_clock(clock, place):
    hour, minute = map(int, clock.split(":"))

    assert moment_at(datetime(2026, 11, 25, hour, minute, tzinfo=SCHOOL_TIME)).place == place
