"""Periods of months end as the Civil Code says, and both functions agree on where they end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.periods import months_after, months_before

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
MONTHS = st.integers(0, 240)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 4), 6, date(2027, 6, 4)),
        (date(2026, 6, 30), 0, date(2026, 6, 30)),
    ],
)
def test_period_ends_on_the_same_day_or_on_the_last_of_a_shorter_month(day, months, end):
    assert months_after(day, months) == end


@given(DAYS, MONTHS)
def test_period_ends_in_the_month_that_many_months_later(day, months):
    end = months_after(day, months)

    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, DAYS, MONTHS)
def test_who_begins_later_does_not_end_sooner(one, other, months):
    first, second = sorted([one, other])

    assert months_after(first, months) <= months_after(second, months)


@given(DAYS, DAYS, MONTHS)
def test_both_functions_agree_on_what_is_over(begun, day, months):
    assert (begun < months_before(day, months)) == (months_after(begun, months) < day)
