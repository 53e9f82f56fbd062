"""Named rounds of a selection, and what came out of them for each student."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.selection.models.batches import InternshipBatch, Opening
from exchange.students.models import Student


class RoundDecision(LabelledEnum):
    PASSED = "passed", _("通过")
    FAILED = "failed", _("未通过")
    ABSENT = "absent", _("缺席")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"passed": "done", "failed": "blocked"}.get(self.value, "warning")


class SelectionRound(Model):
    """One round: of the whole batch, or of one opening alone. Of a sensitive one nothing but pass or fail is kept."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id"), index=True)
    opening_id: Mapped[int | None] = mapped_column(ForeignKey("opening.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    maximum: Mapped[Decimal | None]  # none: no score is given
    pass_score: Mapped[Decimal | None]
    weight: Mapped[int] = mapped_column(default=1)  # of the score among the scores of all rounds
    quota: Mapped[int | None]  # how many may pass
    held_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(120), default="")

    batch: Mapped[InternshipBatch] = relationship()
    opening: Mapped[Opening | None] = relationship()

    __table_args__ = (
        CheckConstraint("weight >= 0", name="weight_is_not_negative"),
        CheckConstraint("quota IS NULL OR quota >= 1", name="quota_lets_somebody_pass"),
    )

    def concerns(self, opening_id: int) -> bool:
        """Whether who wants this opening goes through the round."""
        return self.opening_id is None or self.opening_id == opening_id


class RoundResult(Model):
    """What came out for one student. The decision is sealed: it may be a medical one."""

    round_id: Mapped[int] = mapped_column(ForeignKey("selection_round.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    score: Mapped[Decimal | None]
    sealed_decision: Mapped[Encrypted | None]  # a RoundDecision value
    entered_at: Mapped[datetime]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    round: Mapped[SelectionRound] = relationship()
    student: Mapped[Student] = relationship()
    entered_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("round_id", "student_id"),)

    @property
    def decision(self) -> RoundDecision | None:
        return RoundDecision(self.sealed_decision) if self.sealed_decision else None
