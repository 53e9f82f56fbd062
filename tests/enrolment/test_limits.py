"""The days that follow from the school's limits."""

from datetime import date

import pytest

from exchange.enrolment import limits


def test_grace_counts_from_the_day_of_the_planned_arrival():
    assert limits.last_day_to_arrive(date(2026, 8, 28)) == date(2026, 9, 11)


@pytest.mark.parametrize(
    ("today", "before"), [(date(2026, 11, 25), date(2026, 5, 25)), (date(2026, 8, 31), date(2026, 2, 28))]
)
def test_time_to_forget_is_half_a_year(today, before):
    assert limits.forgotten_before(today) == before


def test_term_registration_takes_the_first_month():
    assert limits.term_registration_ends(date(2026, 9, 1)) == date(2026, 9, 30)


@pytest.mark.parametrize(
    ("day", "months", "other"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
    ],
)
def test_months_after_stays_within_the_month(day, months, other):
    assert limits.months_after(day, months) == other
