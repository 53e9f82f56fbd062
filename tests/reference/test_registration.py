"""Which batch an entry date belongs to, on both sides of each deadline, and when somebody is warned."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.reference.registration import Batch, Season, batch_with, registration_batch

DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("entered_on", "key"),
    [
        (date(2026, 4, 20), "2026-spring"),
        (date(2026, 4, 21), "2026-autumn"),
        (date(2026, 9, 1), "2026-autumn"),
        (date(2026, 11, 20), "2026-autumn"),
        (date(2026, 11, 21), "2027-spring"),
        (date(2026, 12, 31), "2027-spring"),
        (date(2027, 1, 1), "2027-spring"),
    ],
)
def test_batch_of_an_entry_date(entered_on, key):
    assert registration_batch(entered_on).key == key


@pytest.mark.parametrize(("key", "due_on"), [("2026-autumn", date(2026, 11, 20)), ("2027-spring", date(2027, 4, 20))])
def test_deadlines_are_those_of_the_rules(key, due_on):
    assert batch_with(key).due == due_on


@pytest.mark.parametrize(
    ("days_before", "warning"),
    [(31, None), (30, 30), (15, 30), (14, 14), (8, 14), (7, 7), (2, 7), (1, 1), (0, 1), (-1, 0)],
)
def test_warning_thirty_fourteen_seven_and_one_day_before(days_before, warning):
    batch = Batch(2026, Season.AUTUMN)

    assert batch.warning(batch.due - timedelta(days=days_before)) == warning


@pytest.mark.parametrize("text", ["", "2026", "2026-winter", "26-spring", "2026-spring2", "２０２６-spring"])
def test_nonsense_is_no_batch(text):
    assert batch_with(text) is None


@given(DAYS)
def test_nobody_is_late_on_the_day_of_entry_and_the_key_finds_the_batch_again(day):
    batch = registration_batch(day)

    assert day <= batch.due
    assert batch_with(batch.key) == batch


@given(DAYS, DAYS)
def test_who_comes_later_is_due_no_earlier(one, other):
    first, second = sorted((one, other))

    assert registration_batch(first).due <= registration_batch(second).due
