"""Reading messages: how many wait, whether something was told lately, the delivery log."""

from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, with_expression
from sqlalchemy.orm.interfaces import ORMOption

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.messages.models import Address, Delivery, DeliveryState, Message


def unread_of_user() -> ORMOption:
    """Read with the person who is signed in, so that no page asks for it in a statement of its own."""
    waiting = (
        select(func.count()).select_from(Message).where(Message.recipient_id == User.id, Message.read_at.is_(None))
    )
    return with_expression(User.unread, waiting.correlate(User).scalar_subquery())


def told_since(recipient: User, key: str, moment: datetime) -> bool:
    """Whether this person was told this since that moment."""
    told = select(Message.id).where(
        Message.recipient_id == recipient.id, Message.key == key, Message.created_at >= moment
    )
    return bool(db.session.scalar(select(told.exists())))


def addresses_of(user: User) -> dict[str, str]:
    """Channel → where this person wants to be reached."""
    rows = select(Address.channel, Address.destination).where(Address.user_id == user.id)
    return dict(db.session.execute(rows).all())


def address_of(user_id: int, channel: str) -> str | None:
    """Where this person wants to be reached through this channel."""
    return db.session.scalar(select(Address.destination).where(Address.user_id == user_id, Address.channel == channel))


def deliveries(*, state: str = "") -> Select[Delivery]:
    """The delivery log, the newest first."""
    rows = select(Delivery).options(joinedload(Delivery.message).joinedload(Message.recipient))
    if state in set(DeliveryState):
        rows = rows.where(Delivery.state == DeliveryState(state))
    return rows.order_by(Delivery.id.desc())


def undelivered(most_attempts: int) -> list[Delivery]:
    """What may be tried once more."""
    rows = select(Delivery).where(Delivery.state == DeliveryState.FAILED, Delivery.attempts < most_attempts)
    return list(db.session.scalars(rows.order_by(Delivery.id)))
