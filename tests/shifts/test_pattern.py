"""A week over months: days off of the year stay free unless somebody says otherwise."""

from datetime import date, time

from exchange.reference.calendar import DayKind
from exchange.shifts.pattern import Hours, laid_over
from tests.factories.shifts import DAY_SHIFT, OFFICE_WEEK

SHORT = Hours(time(9), time(12), 0)


def days(week, first, last, **options):
    return [shift.date_.day for shift in laid_over(week, first, last, **options)]


def test_weekends_holidays_and_their_substitutes_stay_free():
    october = date(2026, 10, 1), date(2026, 10, 16)

    assert days(OFFICE_WEEK, *october) == [8, 9, 12, 13, 14, 15, 16]
    assert days(OFFICE_WEEK | {5: SHORT}, *october) == [8, 9, 10, 12, 13, 14, 15, 16]  # the tenth is worked (调休)


def test_days_off_are_worked_only_where_it_is_said():
    may = date(2026, 5, 1), date(2026, 5, 4)  # Friday to Monday; the fourth is a substitute

    assert days(OFFICE_WEEK, *may) == []
    assert days(OFFICE_WEEK, *may, worked=(DayKind.WORKDAY, DayKind.REST_DAY)) == [4]
    assert days(OFFICE_WEEK, *may, worked=tuple(DayKind)) == [1, 4]


def test_each_weekday_has_its_own_hours():
    shifts = laid_over({0: DAY_SHIFT, 2: SHORT}, date(2026, 3, 2), date(2026, 3, 8))

    assert [(each.date_.day, each.start, each.end, each.break_minutes) for each in shifts] == [
        (2, *DAY_SHIFT),
        (4, *SHORT),
    ]
