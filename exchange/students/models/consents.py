"""What was agreed to, refused or taken back, by whom, when and how."""

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models.guardians import Guardian
from exchange.students.models.student import Student


class ConsentKind(LabelledEnum):
    """What is asked for; each by itself, so that a no to one is no no to another."""

    DATA_PROCESSING = "data_processing", _("个人信息处理告知")
    PARTNER_SHARING = "partner_sharing", _("向生源地教育局提供学习和生活情况")
    PUBLICITY = "publicity", _("新闻报道使用照片和姓名")
    TRAVEL = "travel", _("集体外出和往返家乡")
    MEDICAL = "medical", _("紧急就医")
    GUARDIAN_AFTER_18 = "guardian_after_18", _("成年后监护人继续查看")


class ConsentAnswer(LabelledEnum):
    GIVEN = "given", _("已同意")
    REFUSED = "refused", _("已拒绝")


class ConsentChannel(LabelledEnum):
    """How the answer reached the school."""

    ACCOUNT = "account", _("本人账号")
    LINK = "link", _("链接")
    ON_SITE = "on_site", _("当面签署")
    PAPER = "paper", _("纸质扫描件")


class ConsentRecord(Model):
    """One answer to one text. A later answer replaces it; nothing is deleted."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    kind: Mapped[ConsentKind]
    text_version: Mapped[str] = mapped_column(String(20))
    answer: Mapped[ConsentAnswer]
    answered_on: Mapped[date]
    channel: Mapped[ConsentChannel]
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id", ondelete="SET NULL"))  # none: the student
    given_by: Mapped[str] = mapped_column(String(100))  # the name, kept when the guardian goes
    witness: Mapped[str] = mapped_column(String(100), default="")
    withdrawn_on: Mapped[date | None]
    withdrawn_by: Mapped[str] = mapped_column(String(100), default="")
    withdrawn_because: Mapped[Encrypted | None]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    student: Mapped[Student] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_consent_record_student_kind", "student_id", "kind"),)

    @property
    def is_standing(self) -> bool:
        """Whether the school may rely on it."""
        return self.answer is ConsentAnswer.GIVEN and self.withdrawn_on is None
