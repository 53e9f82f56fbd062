"""The day on which a guardian's authority ends, from each side."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.students.authority import (
    authority_until,
    birthday,
    holds,
    is_of_age,
    latest_birth_of_age,
    of_age_on,
)

BORN = date(2008, 11, 25)
DAYS = st.dates(date(1950, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "is_adult"),
    [(date(2026, 11, 24), False), (date(2026, 11, 25), True), (date(2026, 11, 26), True)],
)
def test_majority_begins_on_the_day_of_the_birthday(day, is_adult):
    assert is_of_age(BORN, on=day) is is_adult


def test_who_was_born_on_29_february_is_of_age_on_1_march():
    born = date(2008, 2, 29)

    assert of_age_on(born) == date(2026, 3, 1)
    assert not is_of_age(born, on=date(2026, 2, 28))
    assert is_of_age(born, on=date(2026, 3, 1))


def test_29_february_in_a_leap_year_is_a_birthday_of_its_own():
    assert birthday(date(2008, 2, 29), 20) == date(2028, 2, 29)


@given(DAYS, DAYS)
def test_both_sides_of_the_edge_agree_for_every_day(born, day):
    assert is_of_age(born, on=day) == (born <= latest_birth_of_age(day))


@given(DAYS)
def test_the_day_before_majority_is_the_last_of_a_minor(born):
    assert not is_of_age(born, on=of_age_on(born) - timedelta(days=1))
    assert is_of_age(born, on=of_age_on(born))


@pytest.mark.parametrize(
    ("until", "expected"),
    [(None, date(2026, 11, 25)), (date(2025, 6, 1), date(2025, 6, 1)), (date(2027, 6, 1), date(2026, 11, 25))],
)
def test_authority_ends_with_the_guardianship_or_at_majority(until, expected):
    assert authority_until(BORN, until) == expected


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2025, 2, 28), False), (date(2025, 3, 1), True), (date(2025, 5, 31), True), (date(2025, 6, 1), False)],
)
def test_relation_holds_from_its_first_day_to_before_its_end(day, held):
    assert holds(date(2025, 3, 1), date(2025, 6, 1), on=day) is held
