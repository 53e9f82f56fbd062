"""What somebody asks to have put right in a record."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models.guardians import Guardian
from exchange.students.models.student import Student


class CorrectionField(LabelledEnum):
    """What may be asked for."""

    PHONE = "phone", _("联系电话")
    ADDRESS = "address", _("家庭地址")
    GUARDIAN_PHONE = "guardian_phone", _("监护人电话")
    NAME = "name", _("姓名")
    SEX = "sex", _("性别")
    BIRTH_DATE = "birth_date", _("出生日期")
    RESIDENT_ID = "resident_id", _("身份证件号")


KEY_DATA = frozenset(
    {CorrectionField.NAME, CorrectionField.SEX, CorrectionField.BIRTH_DATE, CorrectionField.RESIDENT_ID}
)
"""《浙江省中等职业学校学生学籍管理实施细则（试行）》第二十四条: changed by legal proof only, and filed."""


class CorrectionStatus(LabelledEnum):
    PENDING = "pending", _("等待处理")
    APPROVED = "approved", _("已更正")
    REFUSED = "refused", _("没有更正")
    WITHDRAWN = "withdrawn", _("已撤回")

    @property
    def tone(self) -> str:
        """``withdrawn`` is no failure here."""
        return {"pending": "waiting", "approved": "done", "refused": "blocked", "withdrawn": "info"}[self.value]


class Correction(Model):
    """One field, the value it had and the one it should have. The status changes only through the service."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    field: Mapped[CorrectionField]
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id", ondelete="SET NULL"))
    old_value: Mapped[Encrypted]
    new_value: Mapped[Encrypted]
    reason: Mapped[Encrypted]
    status: Mapped[CorrectionStatus] = mapped_column(default=CorrectionStatus.PENDING)
    refusal: Mapped[Encrypted | None]  # why not; for whoever asked
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]
    filed_on: Mapped[date | None]  # key data: when the authority was told
    seen_at: Mapped[datetime | None]  # when whoever asked saw the answer
    version: Mapped[int] = mapped_column(default=1)

    student: Mapped[Student] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    asked_by: Mapped[User | None] = relationship(foreign_keys=asked_by_id)
    decided_by: Mapped[User | None] = relationship(foreign_keys=decided_by_id)

    __table_args__ = (
        Index("ix_correction_status", "status", "id"),
        Index("ix_correction_student", "student_id", "status"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def is_key_data(self) -> bool:
        """Whether the law asks for proof and filing."""
        return self.field in KEY_DATA

    @property
    def awaits_filing(self) -> bool:
        """Whether the authority has yet to be told."""
        return self.is_key_data and self.status is CorrectionStatus.APPROVED and self.filed_on is None
