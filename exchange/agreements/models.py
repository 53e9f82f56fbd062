"""What is signed for a placement, version by version, and who has signed which version."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.agreements.values import Answer, DocumentKind, Party, Route, TerminationReason
from exchange.core.database import Model
from exchange.core.encryption import Encrypted, EncryptedJSON
from exchange.placements.models import Placement, VoidReason
from exchange.students.models import Guardianship


class AgreementDocument(Model):
    """One version of the agreement or the consent form of a placement: its whole text, frozen when it was issued.

    ``plan_digest`` is the fingerprint of what was planned then; a document of another plan can no longer be signed.
    """

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    kind: Mapped[DocumentKind]
    version: Mapped[int]  # 1, 2, … of this kind for this placement
    template: Mapped[str] = mapped_column(String(40))  # which text of ours it was made from
    content: Mapped[EncryptedJSON]  # plain values, ready to print
    terms: Mapped[EncryptedJSON]  # what the office has filled in
    digest: Mapped[str] = mapped_column(String(64))  # of the content
    plan_digest: Mapped[str] = mapped_column(String(64))
    issued_on: Mapped[date]
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line
    voided_at: Mapped[datetime | None]
    void_reason: Mapped[VoidReason | None]

    placement: Mapped[Placement] = relationship()
    issued_by: Mapped[User | None] = relationship()
    signatures: Mapped[list["Signature"]] = relationship(back_populates="document", order_by="Signature.id")

    __table_args__ = (UniqueConstraint("placement_id", "kind", "version"),)

    @property
    def is_void(self) -> bool:
        return self.voided_at is not None

    def answer_of(self, party: Party) -> "Signature | None":
        """What the party has said last."""
        return next((each for each in reversed(self.signatures) if each.party is party), None)

    def signature_of(self, party: Party) -> "Signature | None":
        """The party's signature, where it has signed."""
        last = self.answer_of(party)
        return last if last and last.answer is Answer.SIGNED else None


class Signature(Model):
    """What one party has said to one version: signed, or declined with a reason. Never changed, never deleted."""

    document_id: Mapped[int] = mapped_column(ForeignKey("agreement_document.id"))
    party: Mapped[Party]
    answer: Mapped[Answer]
    route: Mapped[Route]
    signed_by: Mapped[str] = mapped_column(String(100))  # the name, kept when the person goes
    signed_on: Mapped[date]
    guardianship_id: Mapped[int | None] = mapped_column(ForeignKey("guardianship.id", ondelete="SET NULL"))
    witness: Mapped[str] = mapped_column(String(60), default="")  # before whom, on site
    reason: Mapped[Encrypted | None]  # why it was declined
    digest: Mapped[str] = mapped_column(String(64))  # of the text that lay before the person
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the person answered by a link

    document: Mapped[AgreementDocument] = relationship(back_populates="signatures")
    guardianship: Mapped[Guardianship | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_signature_document_party", "document_id", "party"),)


class Amendment(Model):
    """A change of what was agreed: what it is about, from what to what, why, and who decided. Never changed."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    kinds: Mapped[list[str]]  # AmendmentKind values
    changes: Mapped[dict[str, Any]]  # name → [before, after]
    reason: Mapped[Encrypted]
    decided_by: Mapped[str] = mapped_column(String(100))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line

    placement: Mapped[Placement] = relationship()


class Termination(Model):
    """The early end of a placement: why, from when, who decided, and what the student still has to do."""

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), unique=True)
    code: Mapped[TerminationReason]
    last_day: Mapped[date | None]  # none where it never began
    asked_on: Mapped[date | None]  # the day of the written application
    decided_by: Mapped[str] = mapped_column(String(100))
    note: Mapped[Encrypted]
    next_step: Mapped[Encrypted]  # what the student must still do
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line

    placement: Mapped[Placement] = relationship()
