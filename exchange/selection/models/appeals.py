"""An appeal against the published result, and what was decided about it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.selection.models.batches import InternshipBatch
from exchange.students.models import Student


class AppealStatus(LabelledEnum):
    PENDING = "pending", _("等学校答复")
    UPHELD = "upheld", _("申诉成立")
    DISMISSED = "dismissed", _("维持原结果")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return {"upheld": "done", "dismissed": "info"}.get(self.value, "waiting")


class Appeal(Model):
    """申诉 of a student or a guardian. It is decided once, with a reason."""

    batch_id: Mapped[int] = mapped_column(ForeignKey("internship_batch.id"), index=True)
    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    because: Mapped[Encrypted]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    status: Mapped[AppealStatus] = mapped_column(default=AppealStatus.PENDING)
    reason: Mapped[Encrypted | None]  # of the decision
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(nullable=False)

    batch: Mapped[InternshipBatch] = relationship()
    student: Mapped[Student] = relationship()
    made_by: Mapped[User | None] = relationship(foreign_keys=made_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (Index("ix_appeal_status", "status"),)
    __mapper_args__ = {"version_id_col": version}
