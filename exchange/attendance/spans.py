"""A stretch of time that begins in one lesson and ends in another, and the hours that it excuses. Pure functions."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

MORNING, FIRST_LESSON, LAST_LESSON, EVENING, WHOLE_DAY = 0, 1, 8, 9, 10
"""The places of a day: the roll-call in the morning, the lessons 1 to 8, the one in the evening; and all together."""


class Moment(NamedTuple):
    """A place of a day; moments compare as they follow each other."""

    day: date
    place: int

    @property
    def before(self) -> "Moment":
        """The place that comes before, if need be the evening of the day before."""
        if self.place == MORNING:
            return Moment(self.day - timedelta(days=1), EVENING)
        return Moment(self.day, self.place - 1)


class Span(NamedTuple):
    """From a place of a day to a place of a day, both included."""

    starts_on: date
    first: int
    ends_on: date
    last: int

    @property
    def begins(self) -> Moment:
        return Moment(self.starts_on, self.first)

    @property
    def ends(self) -> Moment:
        return Moment(self.ends_on, self.last)

    @property
    def days(self) -> int:
        """Calendar days, first and last included."""
        return (self.ends_on - self.starts_on).days + 1

    def covers(self, day: date, place: int) -> bool:
        """Whether the place lies within; the whole day does when all of its lessons do."""
        if place == WHOLE_DAY:
            return len(self.lessons_on(day)) == LAST_LESSON
        return self.begins <= Moment(day, place) <= self.ends

    def lessons_on(self, day: date) -> set[int]:
        """The lessons of the day that lie within."""
        return {place for place in range(FIRST_LESSON, LAST_LESSON + 1) if self.covers(day, place)}

    def overlaps(self, other: "Span") -> bool:
        """Whether both have a place in common."""
        return self.begins <= other.ends and other.begins <= self.ends


def hours_missed(places: Iterable[int], *, excused: set[int], of_a_lesson: int, most: int) -> int:
    """The class hours of one day that count, from the places at which somebody was absent.

    Who was absent all day misses what the day has, less the lessons excused; roll-calls have no hours; no day has more
    than ``most``, whether it was noted by lesson, as a whole, or both.
    """
    absent = set(places)
    by_lesson = sum(of_a_lesson for place in absent - excused if FIRST_LESSON <= place <= LAST_LESSON)
    whole = max(most - of_a_lesson * len(excused), 0) if WHOLE_DAY in absent else 0
    return min(max(by_lesson, whole), most)
