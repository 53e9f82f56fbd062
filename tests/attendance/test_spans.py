"""Which lessons a stretch of time covers, and how many hours count; on each side of every edge."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.attendance.spans import WHOLE_DAY, Moment, Span, hours_missed

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
STAY = Span(MONDAY, 3, WEDNESDAY, 5)


@pytest.mark.parametrize(
    ("day", "place", "covered"),
    [
        (MONDAY, 2, False),
        (MONDAY, 3, True),
        (MONDAY, 9, True),
        (TUESDAY, 0, True),
        (TUESDAY, 9, True),
        (WEDNESDAY, 5, True),
        (WEDNESDAY, 6, False),
        (date(2026, 11, 22), 9, False),
        (date(2026, 11, 26), 0, False),
        (MONDAY, WHOLE_DAY, False),
        (TUESDAY, WHOLE_DAY, True),
        (WEDNESDAY, WHOLE_DAY, False),
    ],
)
def test_span_covers_what_lies_between_its_ends(day, place, covered):
    assert STAY.covers(day, place) is covered


def test_lessons_of_the_first_middle_and_last_day():
    assert STAY.lessons_on(MONDAY) == {3, 4, 5, 6, 7, 8}
    assert STAY.lessons_on(TUESDAY) == set(range(1, 9))
    assert STAY.lessons_on(WEDNESDAY) == {1, 2, 3, 4, 5}
    assert STAY.days == 3


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Span(MONDAY, 0, MONDAY, 2), False),
        (Span(MONDAY, 0, MONDAY, 3), True),
        (Span(WEDNESDAY, 5, WEDNESDAY, 9), True),
        (Span(WEDNESDAY, 6, WEDNESDAY, 9), False),
        (Span(TUESDAY, 1, TUESDAY, 1), True),
    ],
)
def test_two_spans_overlap_where_they_share_a_lesson(other, overlaps):
    assert STAY.overlaps(other) is overlaps
    assert other.overlaps(STAY) is overlaps


def test_moment_before_the_morning_is_the_evening_before():
    assert Moment(TUESDAY, 0).before == (MONDAY, 9)
    assert Moment(TUESDAY, 4).before == (TUESDAY, 3)


@pytest.mark.parametrize(
    ("places", "excused", "hours"),
    [
        ([], set(), 0),
        ([1], set(), 1),
        ([1, 2, 3], set(), 3),
        ([1, 2, 3], {2}, 2),
        ([1], {1}, 0),
        (range(1, 9), set(), 7),  # eight lessons, but the school counts seven hours a day
        ([0, 9], set(), 0),  # roll-calls have no hours
        ([WHOLE_DAY], set(), 7),
        ([WHOLE_DAY], {1, 2}, 5),
        ([WHOLE_DAY], set(range(1, 9)), 0),
        ([WHOLE_DAY, 1, 2], set(), 7),  # noted twice, counted once
    ],
)
def test_hours_of_a_day(places, excused, hours):
    assert hours_missed(places, excused=excused, of_a_lesson=1, most=7) == hours


PLACES = st.sets(st.integers(0, 10))


@given(PLACES, st.sets(st.integers(1, 8)), st.integers(1, 8))
def test_no_day_has_more_hours_than_it_has_and_leave_never_adds_any(places, excused, most):
    hours = hours_missed(places, excused=excused, of_a_lesson=1, most=most)

    assert 0 <= hours <= most
    assert hours <= hours_missed(places, excused=set(), of_a_lesson=1, most=most)
