from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.aid.months import Months, read_months, term_of

MONTHS = st.builds(Months, st.integers(2000, 2100), st.sampled_from([None, 1, 2]))
DAYS = st.dates(date(2001, 1, 1), date(2100, 12, 31))


@given(MONTHS)
def test_key_is_read_back(months):
    assert read_months(months.key) == months


@given(DAYS)
def test_every_day_belongs_to_one_term_and_its_year(day):
    term = term_of(day)

    assert term.covers(day)
    assert term.year.covers(day)
    assert not Months(term.school_year, 3 - term.term).covers(day)


@given(MONTHS, MONTHS)
def test_overlap_is_that_of_the_days(one, other):
    assert one.overlaps(other) == other.overlaps(one) == one.overlaps_days(other.first_day, other.last_day)


@given(MONTHS, DAYS)
def test_day_within_is_the_nearest(months, day):
    nearest = months.day_within(day)

    assert months.covers(nearest)
    assert (nearest == day) == months.covers(day)


def test_terms_follow_each_other_without_a_gap():
    autumn, spring = Months(2026, 1), Months(2026, 2)

    assert autumn.last_day + timedelta(1) == spring.first_day
    assert spring.last_day + timedelta(1) == Months(2027, 1).first_day


@pytest.mark.parametrize("text", ["", "2026-3", "26-1", "2026-1-1", "年-1", "9999999"])
def test_anything_else_is_no_months(text):
    assert read_months(text) is None
