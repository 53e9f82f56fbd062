"""Adults who answer for students, and whom else to call."""

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.students.authority import authority_until, holds
from exchange.students.models.student import Student


class Guardian(Model):
    """An adult who answers for one or more students."""

    name: Mapped[str] = mapped_column(String(100), index=True)  # who is known already is looked up by it
    phone: Mapped[Encrypted | None]
    resident_id: Mapped[Encrypted | None]
    resident_id_index: Mapped[str | None] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(String(30), default="")  # spoken at home
    reads_mandarin: Mapped[bool | None]  # none: nobody has asked yet
    details: Mapped[EncryptedJSON | None]  # the other fields of the national sheet as written
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), unique=True)

    user: Mapped[User | None] = relationship()


class Guardianship(Model):
    """How a guardian is related to a student, from when to before when, and whether with legal authority.

    ``is_legal_guardian`` says what was so while the student was a minor; whether it counts on a day, ``has_authority``
    answers. ``authority_ended_on`` is what the daily job has noted of the day of majority.
    """

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id", ondelete="CASCADE"), index=True)
    guardian_id: Mapped[int] = mapped_column(ForeignKey("guardian.id"), index=True)
    relation: Mapped[str] = mapped_column(String(30), default="")  # GB/T 4761, by name
    is_legal_guardian: Mapped[bool] = mapped_column(default=True)
    may_sign: Mapped[bool] = mapped_column(default=True)
    call_order: Mapped[int] = mapped_column(default=1)  # who is called first
    begins_on: Mapped[date | None]
    until: Mapped[date | None]  # the first day on which it no longer holds
    authority_ended_on: Mapped[date | None]

    student: Mapped[Student] = relationship(back_populates="guardianships")
    guardian: Mapped[Guardian] = relationship()

    __table_args__ = (UniqueConstraint("student_id", "guardian_id"),)

    def holds(self, on: date) -> bool:
        """Whether the guardian is the student's on that day, of age or not."""
        return holds(self.begins_on, self.until, on=on)

    def has_authority(self, on: date) -> bool:
        """Whether the guardian may decide for the student on that day; the student must be loaded."""
        return self.is_legal_guardian and self.holds(on) and on < self.authority_until

    @property
    def authority_until(self) -> date:
        """The first day without authority."""
        return authority_until(self.student.birth_date, self.until)


class ContactKind(LabelledEnum):
    """Why somebody who is no guardian is called."""

    EMERGENCY = "emergency", _("紧急联系人")
    VILLAGE = "village", _("村干部")


class Contact(Model):
    """Somebody to call who answers for nobody: a neighbour in an emergency, a cadre of the home village."""

    student_id: Mapped[int] = mapped_column(ForeignKey("student.id"), index=True)
    kind: Mapped[ContactKind]
    name: Mapped[str] = mapped_column(String(100))
    position: Mapped[str] = mapped_column(String(60), default="")  # relation or office
    phone: Mapped[Encrypted]
    language: Mapped[str] = mapped_column(String(30), default="")

    student: Mapped[Student] = relationship()
