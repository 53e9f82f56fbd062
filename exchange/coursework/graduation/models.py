"""What only people know about somebody's graduation."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.core.database import Model
from exchange.students.models import Student


class GraduationNote(Model):
    """One for a student: an application for early graduation, enlistment, and what the diploma shall mention."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), unique=True)
    early_applied_on: Mapped[date | None]
    enlisted_on: Mapped[date | None]
    minor_programme: Mapped[str] = mapped_column(String(80), default="")
    dual_certificate: Mapped[str] = mapped_column(String(80), default="")

    student: Mapped[Student] = relationship()
