"""The log of one calendar week: what was done and learnt, the hours of each day, and who has read or confirmed it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.journals.values import Mood, Review
from exchange.placements.models import Placement

DAYS = 7


class WeeklyLog(Model):
    """One per placement and calendar week. A new version takes the confirmation of the hours away."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    week: Mapped[date]  # its Monday
    did: Mapped[Encrypted]
    learnt: Mapped[Encrypted]
    hours: Mapped[list[Any]]  # seven from Monday on, as text; None where nobody worked
    mood: Mapped[Mood]
    status: Mapped[Review] = mapped_column(default=Review.SUBMITTED)
    submitted_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)  # when it came for the first time
    answer: Mapped[Encrypted | None]  # what the teacher says of it
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]
    hours_confirmed_by: Mapped[str | None] = mapped_column(String(100))  # the mentor's name
    hours_confirmed_at: Mapped[datetime | None]
    mentor_words: Mapped[Encrypted | None]
    version: Mapped[int] = mapped_column(nullable=False)

    placement: Mapped[Placement] = relationship()
    reviewed_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("placement_id", "week"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def hours_of_days(self) -> list[Decimal | None]:
        """Seven, from Monday on."""
        return [None if each is None else Decimal(each) for each in self.hours]

    @property
    def total(self) -> Decimal:
        """The hours of the week."""
        return sum((each for each in self.hours_of_days if each), Decimal(0))

    @property
    def longest_day(self) -> Decimal:
        """The most hours of one day."""
        return max(each or Decimal(0) for each in self.hours_of_days)
