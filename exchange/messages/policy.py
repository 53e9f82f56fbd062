"""Whose messages somebody may read: the own ones, and nobody else's."""

from sqlalchemy import Select, select

from exchange.accounts.models import User
from exchange.messages.models import Message


def visible_to(user: User) -> Select[Message]:
    """The inbox of this person, the newest first."""
    return select(Message).where(Message.recipient_id == user.id).order_by(Message.created_at.desc(), Message.id.desc())
