"""When a missing arrival or a late return becomes somebody's task, on both sides of the edge."""

from datetime import UTC, date, datetime, timedelta

import pytest

from exchange.welfare.rules.travel import is_late, is_missed

ARRIVES = datetime(2027, 1, 24, 10, 0, tzinfo=UTC)
BACK_ON = date(2027, 2, 21)


@pytest.mark.parametrize(("waited", "expected"), [(timedelta(hours=23, minutes=59), False), (timedelta(days=1), True)])
def test_arrival_is_missed_after_a_day(waited, expected):
    assert is_missed(ARRIVES, ARRIVES + waited) is expected


@pytest.mark.parametrize(("days", "expected"), [(0, False), (3, False), (4, True)])
def test_return_is_late_after_three_days(days, expected):
    assert is_late(BACK_ON, BACK_ON + timedelta(days=days)) is expected
