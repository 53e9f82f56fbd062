"""A proposal of who goes where, made by the solver from a seed, and corrected by people with a reason."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.placements.models import Placement
from exchange.selection.models.batches import InternshipBatch, Opening
from exchange.students.models import Student


class Proposal(Model):
    """One run of the solver. The newest of a batch counts, none is deleted."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id"), index=True)
    seed: Mapped[int]
    solver: Mapped[str] = mapped_column(String(40))  # name and version: another version may break ties otherwise
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    batch: Mapped[InternshipBatch] = relationship()
    made_by: Mapped[User | None] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="proposal", order_by="Assignment.id")


class Assignment(Model):
    """Where one student goes, or that there is no place, with the reasons as data."""

    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    rank: Mapped[int | None]  # which choice of the student it is
    grounds: Mapped[list[Any]] = mapped_column(default=list)  # see explanation.py
    reason: Mapped[Encrypted | None]  # why it was overridden
    overridden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    overridden_at: Mapped[datetime | None]
    placement_id: Mapped[int | None] = mapped_column(ForeignKey("placement.id"), index=True)  # once taken over

    proposal: Mapped[Proposal] = relationship(back_populates="assignments")
    student: Mapped[Student] = relationship()
    opening: Mapped[Opening | None] = relationship()
    overridden_by: Mapped[User | None] = relationship()
    placement: Mapped[Placement | None] = relationship()

    __table_args__ = (UniqueConstraint("proposal_id", "student_id"),)
