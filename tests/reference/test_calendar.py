"""Holidays, exchanged days and plain weekends."""

from datetime import date, timedelta

import pytest

from exchange.reference.calendar import DayKind, day_kind, day_name, workdays_between


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 5), DayKind.REST_DAY),  # a substitute is no statutory day
        (date(2026, 10, 7), DayKind.REST_DAY),
        (date(2026, 10, 10), DayKind.WORKDAY),  # a Saturday worked in exchange
        (date(2026, 10, 17), DayKind.REST_DAY),
        (date(2026, 10, 12), DayKind.WORKDAY),
    ],
)
def test_each_day_has_its_kind(day, kind):
    assert day_kind(day) is kind


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_year_has_thirteen_statutory_days(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    assert sum(day_kind(day) is DayKind.HOLIDAY for day in days) == 13


def test_a_holiday_has_a_name_and_workdays_are_counted():
    assert day_name(date(2026, 10, 1)) == "国庆节"
    assert day_name(date(2026, 10, 12)) == ""
    assert workdays_between(date(2026, 10, 1), date(2026, 10, 10)) == 3
