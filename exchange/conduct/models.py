"""The assessment of conduct (操行评定), one for each student and term."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model, now
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.programmes.models import Term
from exchange.students.models import Student


class Grade(LabelledEnum):
    """操行等第; all but the last count as passed."""

    EXCELLENT = "excellent", _("优秀")
    GOOD = "good", _("良好")
    PASS = "pass", _("合格")
    FAIL = "fail", _("不合格")


PASSED = frozenset({Grade.EXCELLENT, Grade.GOOD, Grade.PASS})


class ConductAssessment(Model):
    """What the homeroom teacher thinks of a student's term. The family reads it once it is released.

    ``version`` grows with every change, so that what was typed over an older one is noticed.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    term_id: Mapped[int] = mapped_column(ForeignKey("term.id"), index=True)
    grade: Mapped[Grade]
    comment: Mapped[Encrypted | None]
    version: Mapped[int] = mapped_column(default=1)
    assessed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    assessed_at: Mapped[datetime] = mapped_column(default=now)
    released_at: Mapped[datetime | None]

    student: Mapped[Student] = relationship()
    term: Mapped[Term] = relationship()
    assessed_by: Mapped[User | None] = relationship()

    __table_args__ = (UniqueConstraint("student_id", "term_id"),)
