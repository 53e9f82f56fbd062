"""One line of the trail."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.audit.events import LABELS
from exchange.core.database import Model
from exchange.core.encryption import Encrypted, EncryptedJSON


class AuditEvent(Model):
    """Who did what to which record, when and why. It has no foreign key to its subject, so it outlives it.

    Old and new values may be identity numbers or marks: they are sealed like the columns they come from.
    """

    action: Mapped[str] = mapped_column(String(60), index=True)  # "placement.approved": the noun, then the past tense
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)  # none: the command line
    reason: Mapped[Encrypted | None]
    changes: Mapped[EncryptedJSON | None]
    request_id: Mapped[str | None] = mapped_column(String(32))

    actor: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_audit_event_subject", "subject_type", "subject_id"),)

    @property
    def label(self) -> str:
        return LABELS.get(self.action, self.action)
