"""With which batch a newcomer is registered: on each side of the deadlines."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.reference.registration import Season, registration_batch

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("entry", "season", "year", "due"),
    [
        (date(2026, 9, 1), Season.AUTUMN, 2026, date(2026, 11, 20)),
        (date(2026, 11, 20), Season.AUTUMN, 2026, date(2026, 11, 20)),
        (date(2026, 11, 21), Season.SPRING, 2027, date(2027, 4, 20)),
        (date(2017, 12, 12), Season.SPRING, 2018, date(2018, 4, 20)),
        (date(2026, 12, 31), Season.SPRING, 2027, date(2027, 4, 20)),
        (date(2027, 1, 1), Season.SPRING, 2027, date(2027, 4, 20)),
        (date(2027, 4, 20), Season.SPRING, 2027, date(2027, 4, 20)),
        (date(2027, 4, 21), Season.AUTUMN, 2027, date(2027, 11, 20)),
    ],
)
def test_batch_on_each_side_of_a_deadline(entry, season, year, due):
    assert registration_batch(entry) == (season, year, due)


@given(entry=DAYS)
def test_nobody_enters_after_the_deadline_of_the_own_batch(entry):
    batch = registration_batch(entry)

    assert entry <= batch.due < entry + timedelta(days=215)
    assert batch.year == batch.due.year


@given(entry=DAYS)
def test_who_enters_a_day_later_is_never_due_earlier(entry):
    assert registration_batch(entry).due <= registration_batch(entry + timedelta(days=1)).due
