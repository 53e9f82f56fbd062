"""Who can sign in here, for the person who starts the installation."""

from sqlalchemy import exists, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.core.database import db


def has_accounts() -> bool:
    """Whether anyone can sign in yet."""
    return bool(db.session.scalar(select(exists().where(User.id.is_not(None)))))


def demonstration_users() -> list[User]:
    """The accounts of the demonstration: each is named after its role."""
    named_after_role = or_(*(User.username.in_([role.value, f"{role.value}2"]) for role in Role))
    return list(db.session.scalars(select(User).where(User.active, named_after_role).order_by(User.id)).unique())
