"""What was told to whom, through which channels, and whether it arrived."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exchange.accounts.models import User
from exchange.core.database import Model
from exchange.core.encryption import Encrypted
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Message(Model):
    """One message to one person; it always stands in the inbox. ``key`` says what it is about, so that it is told once.

    ``title`` leaves the school through other channels and names nobody; ``body`` is read behind the sign-in.
    """

    recipient_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[Encrypted]
    url: Mapped[str] = mapped_column(String(200), default="")  # where it is done
    read_at: Mapped[datetime | None]

    recipient: Mapped[User] = relationship()
    deliveries: Mapped[list["Delivery"]] = relationship(back_populates="message", order_by="Delivery.id")

    __table_args__ = (
        Index("ix_message_recipient_read", "recipient_id", "read_at"),
        Index("ix_message_recipient_key", "recipient_id", "key"),
    )


class DeliveryState(LabelledEnum):
    WAITING = "waiting", _("等待发送")
    SENT = "sent", _("已发出")
    FAILED = "failed", _("没有发成")

    @property
    def tone(self) -> str:
        """How the status tag looks."""
        return TONES[self]


TONES = {DeliveryState.WAITING: "waiting", DeliveryState.SENT: "done", DeliveryState.FAILED: "blocked"}


class Delivery(Model):
    """One message through one channel besides the inbox."""

    message_id: Mapped[int] = mapped_column(ForeignKey("message.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(String(200), default="")

    message: Mapped[Message] = relationship(back_populates="deliveries")


class Address(Model):
    """Where a person wants to be reached through a channel."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    destination: Mapped[Encrypted]

    user: Mapped[User] = relationship()

    __table_args__ = (UniqueConstraint("user_id", "channel"),)
