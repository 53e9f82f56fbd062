"""When a student was not there, and why."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models import Student


class AbsenceKind(LabelledEnum):
    UNEXCUSED = "unexcused", _("旷课")
    SICK = "sick", _("病假")
    PERSONAL = "personal", _("事假")
    OFFICIAL = "official", _("公假")
    LEFT = "left", _("擅自离校")


WITHOUT_LEAVE = (AbsenceKind.UNEXCUSED, AbsenceKind.LEFT)


class Absence(Model):
    """From which day to which day a student missed how many class hours.

    Who has left without permission is away until somebody notes the return: ``ends_on`` is empty until then. Nothing
    is deleted; what was noted by mistake is withdrawn with a reason and no longer counts.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    kind: Mapped[AbsenceKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    hours: Mapped[int]  # class hours; 0 for LEFT, whose school days count whole
    remark: Mapped[Encrypted | None]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[Encrypted | None]  # why it was withdrawn

    student: Mapped[Student] = relationship()
    noted_by: Mapped[User | None] = relationship(foreign_keys=[noted_by_id])

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_absence_student_starts_on", "student_id", "starts_on"),
    )

    @property
    def is_open(self) -> bool:
        """Whether the student is still away."""
        return self.ends_on is None and self.withdrawn_at is None
