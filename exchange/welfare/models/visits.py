"""Home visits: the sheet that a teacher takes along, and what was written on it."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.students.models import Student


class VisitSheet(Model):
    """One family to visit on one occasion. It prints on a page, and its code leads back here."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    occasion: Mapped[str] = mapped_column(String(60), index=True)  # 2027年寒假家访

    student: Mapped[Student] = relationship()
    reports: Mapped[list["VisitReport"]] = relationship(back_populates="sheet", order_by="VisitReport.id")

    __table_args__ = (UniqueConstraint("student_id", "occasion"),)


class VisitReport(Model):
    """What was written on a sheet: the first fills it, any further one supplements it. Never changed, never deleted.

    ``key`` is made by the phone that wrote it, so that sending it again changes nothing.
    """

    sheet_id: Mapped[int] = mapped_column(ForeignKey("visit_sheet.id"), index=True)
    key: Mapped[str] = mapped_column(String(36), unique=True)
    visited_on: Mapped[date]
    with_whom: Mapped[Encrypted]
    situation: Mapped[Encrypted]  # in plain words; no poverty data
    wishes: Mapped[Encrypted]
    agreed: Mapped[Encrypted]
    visitors: Mapped[str] = mapped_column(String(120))
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    sheet: Mapped[VisitSheet] = relationship(back_populates="reports")
    written_by: Mapped[User | None] = relationship()
