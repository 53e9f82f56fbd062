"""Leave: who asked, whether the guardian agrees, and what the homeroom teacher has decided."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.attendance.spans import Span
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models import Student


class LeaveKind(LabelledEnum):
    SICK = "sick", _("病假")
    PERSONAL = "personal", _("事假")
    FESTIVAL = "festival", _("民族节日假")


class LeaveStatus(LabelledEnum):
    AWAITING_GUARDIAN = "awaiting_guardian", _("等监护人同意")
    PENDING = "pending", _("等班主任批")
    APPROVED = "approved", _("已批准")
    RETURNED = "returned", _("已销假")
    REFUSED = "refused", _("没有批准")
    WITHDRAWN = "withdrawn", _("已撤回")

    @property
    def tone(self) -> str:
        """As a tag shows it; to have come back is no warning here, and ``withdrawn`` no failure."""
        tones = {"approved": "done", "returned": "done", "refused": "blocked", "withdrawn": "info"}
        return tones.get(self.value, "waiting")


WAITING = (LeaveStatus.AWAITING_GUARDIAN, LeaveStatus.PENDING)
COVERING = (LeaveStatus.APPROVED, LeaveStatus.RETURNED)
"""What excuses: a leave that ended early excuses until it ended."""
STANDING = (*WAITING, LeaveStatus.APPROVED, LeaveStatus.RETURNED)


class LeaveRequest(Model):
    """From which lesson of which day to which. The status changes only through the service."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    kind: Mapped[LeaveKind]
    in_hospital: Mapped[bool] = mapped_column(default=False)
    starts_on: Mapped[date]
    first_place: Mapped[int] = mapped_column(default=0)  # 0 the morning, 1 to 8 the lessons, 9 the evening
    ends_on: Mapped[date]
    last_place: Mapped[int] = mapped_column(default=9)
    reason: Mapped[Encrypted]
    status: Mapped[LeaveStatus] = mapped_column(default=LeaveStatus.PENDING)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # the guardian, or who noted the call
    agreed_at: Mapped[datetime | None]
    spoken_to: Mapped[Encrypted | None]  # the guardian who has said yes on the phone
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[Encrypted | None]  # why not; for whoever asked
    version: Mapped[int] = mapped_column(nullable=False)

    student: Mapped[Student] = relationship()
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)
    agreed_by: Mapped[User | None] = relationship(foreign_keys=agreed_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        Index("ix_leave_request_student_starts_on", "student_id", "starts_on"),
        Index("ix_leave_request_status", "status"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def span(self) -> Span:
        return Span(self.starts_on, self.first_place, self.ends_on, self.last_place)
