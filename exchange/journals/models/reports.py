"""The report that a student hands in when the internship ends (article 21)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.journals.values import Review
from exchange.placements.models import Placement


class InternshipReport(Model):
    """One per placement; a returned one is written anew in its place."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    text: Mapped[Encrypted]
    status: Mapped[Review] = mapped_column(default=Review.SUBMITTED)
    submitted_at: Mapped[datetime]
    answer: Mapped[Encrypted | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reviewed_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    reviewed_by: Mapped[User | None] = relationship()
