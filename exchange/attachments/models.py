"""One uploaded file."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model


class Attachment(Model):
    """A file and the record it belongs to. It is never changed; its bytes are sealed in the store.

    It goes only when the person whom the record is about is forgotten.
    """

    subject_type: Mapped[str] = mapped_column(String(60))  # the table of the record
    subject_id: Mapped[int]
    filename: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(60))
    size: Mapped[int]  # bytes
    key: Mapped[str] = mapped_column(String(60))  # in the store
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))  # none: the command line

    uploaded_by: Mapped[User | None] = relationship()

    __table_args__ = (Index("ix_attachment_subject", "subject_type", "subject_id"),)
