"""What a student wants: openings in order, and with whom to go."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.selection.models.batches import InternshipBatch, Opening
from exchange.students.models import Student


class InternshipApplication(Model):
    """志愿表 of one student for one batch. Without choices it says that the student has taken them back."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    companion_id: Mapped[int | None] = mapped_column(ForeignKey("student.id"), index=True)
    wishes: Mapped[Encrypted | None]  # what the school should know
    handed_in_at: Mapped[datetime]
    handed_in_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(nullable=False)

    batch: Mapped[InternshipBatch] = relationship()
    student: Mapped[Student] = relationship(foreign_keys=student_id)
    companion: Mapped[Student | None] = relationship(foreign_keys=companion_id)
    handed_in_by: Mapped[User | None] = relationship()
    choices: Mapped[list["Choice"]] = relationship(
        back_populates="application", cascade="all, delete-orphan", order_by="Choice.rank"
    )

    __table_args__ = (UniqueConstraint("batch_id", "student_id"),)
    __mapper_args__ = {"version_id_col": version}

    @property
    def opening_ids(self) -> list[int]:
        """What is chosen, the first choice first."""
        return [choice.opening_id for choice in self.choices]

    def rank_of(self, opening_id: int | None) -> int | None:
        """1 for the first choice; none for what was not chosen."""
        return next((choice.rank for choice in self.choices if choice.opening_id == opening_id), None)


class Choice(Model):
    """One line of an application."""

    application_id: Mapped[int] = mapped_column(ForeignKey("internship_application.id", ondelete="CASCADE"))
    rank: Mapped[int]
    opening_id: Mapped[int] = mapped_column(ForeignKey("opening.id"), index=True)

    application: Mapped[InternshipApplication] = relationship(back_populates="choices")
    opening: Mapped[Opening] = relationship()

    __table_args__ = (
        UniqueConstraint("application_id", "opening_id"),
        CheckConstraint("rank >= 1", name="rank_counts_from_one"),
    )
