"""Which weeks an internship has, and whose log is due."""

from datetime import date
from types import SimpleNamespace

import pytest

from exchange.journals.weeks import begun, expected, weeks_of


def lasting(first, last):
    return SimpleNamespace(starts_on=date.fromisoformat(first), ends_on=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("first", "last", "mondays"),
    [
        ("2026-03-02", "2026-03-15", ["2026-03-02", "2026-03-09"]),
        ("2026-03-06", "2026-03-09", ["2026-03-02", "2026-03-09"]),  # a Friday and a Monday
        ("2026-03-07", "2026-03-13", ["2026-03-09"]),  # begins on a Saturday: no log of its own
        ("2026-03-02", "2026-03-02", ["2026-03-02"]),
        ("2026-12-28", "2027-01-04", ["2026-12-28", "2027-01-04"]),  # over the turn of the year
    ],
)
def test_every_week_with_a_working_day_has_a_log(first, last, mondays):
    assert [week.monday.isoformat() for week in weeks_of(lasting(first, last))] == mondays


def test_a_week_holds_only_days_of_the_internship():
    first, last = weeks_of(lasting("2026-03-04", "2026-03-10"))

    assert (first.days[0], first.days[-1]) == (date(2026, 3, 4), date(2026, 3, 8))
    assert last.days == [date(2026, 3, 9), date(2026, 3, 10)]


@pytest.mark.parametrize(
    ("day", "count"),
    [("2026-03-11", 0), ("2026-03-12", 1), ("2026-03-18", 1), ("2026-03-19", 2)],
)
def test_a_log_is_late_three_days_after_its_sunday(day, count):
    assert len(expected(lasting("2026-03-02", "2026-08-28"), date.fromisoformat(day))) == count


@pytest.mark.parametrize(("day", "count"), [("2026-08-27", 25), ("2026-08-28", 26)])
def test_on_the_last_day_all_are_expected(day, count):
    assert len(expected(lasting("2026-03-02", "2026-08-28"), date.fromisoformat(day))) == count


def test_a_week_may_be_written_from_its_first_day_on():
    weeks = begun(lasting("2026-03-04", "2026-08-28"), date(2026, 3, 4))

    assert [week.monday for week in weeks] == [date(2026, 3, 2)]
    assert begun(lasting("2026-03-04", "2026-08-28"), date(2026, 3, 3)) == []
