"""The shift plan of a placement, version after version; the shifts themselves are those that the rules read."""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

from sqlalchemy import Dialect, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from exchange.placements.facts.document import Shift
from exchange.placements.models import Placement, PlacementRecord

KNOWN_PLANS = 512  # students of one post share their plan, so few different ones are read at a time


class ShiftList(TypeDecorator[tuple[Shift, ...]]):
    """Whole shifts as lines, ``2028-03-06 09:00 17:30 60``.

    A plan is read and replaced as a whole and has a line for each working day, so it is kept in one column; the same
    text is taken apart once for all who share it.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Shift] | None, dialect: Dialect) -> str | None:
        return None if value is None else "\n".join(map(_line, value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Shift, ...] | None:
        return None if value is None else _shifts(value)


def _line(shift: Shift) -> str:
    assert shift.start is not None  # a plan holds whole shifts only
    assert shift.end is not None
    return f"{shift.date_} {shift.start:%H:%M} {shift.end:%H:%M} {shift.break_minutes}"


@lru_cache(KNOWN_PLANS)
def _shifts(text: str) -> tuple[Shift, ...]:
    return tuple(_shift(*line.split()) for line in text.splitlines())


def _shift(day: str, start: str, end: str, pause: str) -> Shift:
    return Shift(date.fromisoformat(day), _clock(start), _clock(end), int(pause))


_clock = lru_cache(24 * 60)(time.fromisoformat)


class ShiftPlan(PlacementRecord):
    """When the student works on which day. One draft and one effective version at a time; a new one voids the former.

    It was drawn up for a post and for days; where the placement has moved to others, it counts no longer.
    """

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"))
    first_on: Mapped[date]
    last_on: Mapped[date]
    shifts: Mapped[tuple[Shift, ...]] = mapped_column(ShiftList)
    effective_at: Mapped[datetime | None]  # none: a draft

    placement: Mapped[Placement] = relationship()

    @property
    def is_draft(self) -> bool:
        return self.effective_at is None

    def fits(self, placement: Placement) -> bool:
        """Whether it was drawn up for the post and the days that the placement has now."""
        drawn_up_for = (self.post_id, self.first_on, self.last_on)
        return drawn_up_for == (placement.post_id, placement.starts_on, placement.ends_on)
