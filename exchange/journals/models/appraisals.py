"""How an internship is assessed: process and result, by the host and by the school (article 27)."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.placements.models import Placement


class Appraisal(Model):
    """One per placement; each side gives two marks from 0 to 100, and words."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    host_process: Mapped[Decimal | None]
    host_result: Mapped[Decimal | None]
    host_words: Mapped[Encrypted | None]
    host_graded_by: Mapped[str | None] = mapped_column(String(100))  # the mentor's name
    host_graded_at: Mapped[datetime | None]
    school_process: Mapped[Decimal | None]
    school_result: Mapped[Decimal | None]
    school_words: Mapped[Encrypted | None]
    school_graded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    school_graded_at: Mapped[datetime | None]

    placement: Mapped[Placement] = relationship()
    school_graded_by: Mapped[User | None] = relationship()

    __table_args__ = tuple(
        CheckConstraint(f"{name} between 0 and 100", name=f"{name}_is_a_mark")
        for name in ("host_process", "host_result", "school_process", "school_result")
    )
