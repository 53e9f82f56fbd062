"""Talks, calls and visits, and what was agreed in them."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.models import Student


class ContactKind(LabelledEnum):
    CALL = "call", _("电话")
    TALK = "talk", _("谈话")
    VISIT = "visit", _("家访")
    MESSAGE = "message", _("发消息")
    MEETING = "meeting", _("家长到校")


WITH_FAMILY = (ContactKind.CALL, ContactKind.VISIT, ContactKind.MEETING)
"""Kinds in which school and family have spoken with each other; a message may stay unread."""


class ContactNote(Model):
    """One talk. Its words are sealed, and open to homeroom teacher, registrar and principal alone."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"))
    kind: Mapped[ContactKind]
    held_on: Mapped[date]
    with_whom: Mapped[Encrypted]
    agreed: Mapped[Encrypted]
    next_step: Mapped[Encrypted | None]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    student: Mapped[Student] = relationship()
    noted_by: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_contact_note_student_held_on", "student_id", "held_on"),)
