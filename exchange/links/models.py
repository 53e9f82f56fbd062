"""One link, without the secret in it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class LinkState(LabelledEnum):
    SENT = "sent", _("还没有打开")
    OPENED = "opened", _("打开过，还没有答复")
    STANDING = "standing", _("在用")
    USED = "used", _("已答复")
    REVOKED = "revoked", _("已收回")
    EXPIRED = "expired", _("已过期")

    @property
    def tone(self) -> str:
        """How the status tag looks."""
        return TONES[self]


TONES = {
    LinkState.SENT: "waiting",
    LinkState.OPENED: "info",
    LinkState.STANDING: "done",
    LinkState.USED: "done",
    LinkState.REVOKED: "blocked",
    LinkState.EXPIRED: "warning",
}


class Link(Model):
    """A question about a record that one person may answer once, until ``expires_at``.

    Of the token only a keyed fingerprint is kept: whoever reads the database can open no link. ``asked`` is the
    fingerprint of what the person is asked; when that has changed, the link answers nothing any more. A standing link
    may be answered again and again: each answer puts ``expires_at`` off.
    """

    purpose: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(60))  # the table of the record
    subject_id: Mapped[int]
    about: Mapped[str] = mapped_column(String(60), default="")  # which of the questions to the record
    recipient: Mapped[str] = mapped_column(String(100))  # the name, kept when the person goes
    token_index: Mapped[str] = mapped_column(String(64), unique=True)
    asked: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    renewed_at: Mapped[datetime | None]  # the last answer through a standing link
    revoked_at: Mapped[datetime | None]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)

    made_by: Mapped[User] = relationship()

    __table_args__ = (Index("ix_link_subject", "subject_type", "subject_id"),)

    def state(self, moment: datetime) -> LinkState:
        """Where the link stands at that moment; from ``expires_at`` on it is over."""
        if self.revoked_at:
            return LinkState.REVOKED
        if self.used_at:
            return LinkState.USED
        if moment >= self.expires_at:
            return LinkState.EXPIRED
        if self.renewed_at:
            return LinkState.STANDING
        return LinkState.OPENED if self.opened_at else LinkState.SENT

    def is_open(self, moment: datetime) -> bool:
        """Whether it can still be answered."""
        return self.state(moment) in {LinkState.SENT, LinkState.OPENED, LinkState.STANDING}
