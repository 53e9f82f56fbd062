"""Class hours by day, and days in a row."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from exchange.welfare.rules.counting import Run, is_school_day, runs, spread

MONDAY = date(2026, 11, 23)
FRIDAY, NEXT_MONDAY = date(2026, 11, 20), MONDAY
DAYS = st.dates(date(2026, 3, 2), date(2026, 12, 31))


@given(st.integers(0, 500), DAYS, st.integers(0, 40))
def test_hours_are_spread_without_losing_one(hours, first, days):
    by_day = spread(hours, first, first + timedelta(days=days))

    assert sum(by_day.values()) == hours
    assert max(by_day.values()) - min(by_day.values()) <= 1


def test_hours_fall_on_school_days():
    assert spread(15, FRIDAY, NEXT_MONDAY) == {FRIDAY: 8, NEXT_MONDAY: 7}


def test_weekend_does_not_break_a_row_of_days():
    assert runs([FRIDAY, NEXT_MONDAY]) == [Run(FRIDAY, NEXT_MONDAY)]
    assert Run(FRIDAY, NEXT_MONDAY).days == 4


def test_school_day_between_two_breaks_the_row():
    assert runs([MONDAY, MONDAY + timedelta(days=2)]) == [
        Run(MONDAY, MONDAY),
        Run(MONDAY + timedelta(days=2), MONDAY + timedelta(days=2)),
    ]


def test_national_day_does_not_break_a_row():
    assert runs([date(2026, 9, 30), date(2026, 10, 8)]) == [Run(date(2026, 9, 30), date(2026, 10, 8))]


@given(st.sets(DAYS, max_size=40))
def test_runs_hold_every_day_once_and_only_school_free_days_beside(days):
    found = runs(days)

    inside = {run.first + timedelta(days=n) for run in found for n in range(run.days)}
    assert days <= inside
    assert not any(is_school_day(each) for each in inside - days)
    assert all(before.last < after.first for before, after in pairwise(found))
