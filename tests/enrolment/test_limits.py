"""The days that follow from the school's limits."""

from datetime import date

import pytest

from exchange.enrolment import limits


def test_grace_counts_from_the_day_of_the_planned_arrival():
    assert limits.last_day_to_arrive(date(2026, 8, 28)) == date(2026, 9, 11)


@pytest.mark.parametrize(
    ("today", "before"), [(date(2026, 11, 25), date(2026, 5, 25)), (date(2026, 8, 31), date(2026, 3, 1))]
)
def test_who_is_not_taken_is_forgotten_once_half_a_year_is_over(today, before):
    assert limits.forgotten_before(today) == before


def test_term_registration_takes_the_first_month():
    assert limits.term_registration_ends(date(2026, 9, 1)) == date(2026, 9, 30)


@pytest.mark.parametrize("name", ["arrival_grace_days", "not_taken_kept_months", "term_registration_months"])
def test_every_limit_has_one_version_in_force(name):
    versions = limits.LIMITS.versions(name)

    assert [version["until"] for version in versions] == [None]
    assert set(versions[0]) == {"value", "article", "regulation", "from", "until"}
