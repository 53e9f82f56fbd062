"""Anyone who signs in, and the roles each person holds."""

from collections.abc import Callable
from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship
from sqlalchemy.orm.interfaces import ORMOption

from exchange.accounts.roles import Permission, Role, permissions_of
from exchange.core.access import login_manager
from exchange.core.database import Model, db, now


class RoleAssignment(Model):
    """One role of one person."""

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role]

    __table_args__ = (UniqueConstraint("user_id", "role"),)


class User(UserMixin, Model):
    """A person with a sign-in. ``session_epoch`` grows when all sessions of the person must end."""

    username: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    session_epoch: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    unread: Mapped[int | None] = query_expression()  # messages; known only of who is signed in

    assignments: Mapped[list[RoleAssignment]] = relationship(lazy="joined", cascade="all, delete-orphan")

    @property
    def roles(self) -> set[Role]:
        return {assignment.role for assignment in self.assignments}

    def has(self, role: Role) -> bool:
        return role in self.roles

    def may(self, permission: Permission) -> bool:
        return permission in permissions_of(self.roles)

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > now()

    def get_id(self) -> str:
        return f"{self.id}:{self.session_epoch}"


_read_with_user: dict[str, Callable[[], ORMOption]] = {}


def with_user(name: str, option: Callable[[], ORMOption]) -> None:
    """Let a feature above read something together with the person who is signed in, in the same statement."""
    _read_with_user[name] = option


@login_manager.user_loader
def load_user(session_id: str) -> User | None:
    """The person of a session, unless the session was ended from elsewhere."""
    user_id, _separator, epoch = session_id.partition(":")
    more = [option() for option in _read_with_user.values()]
    wanted = select(User).where(User.id == int(user_id), User.active).options(*more)
    user = db.session.scalars(wanted).unique().one_or_none()
    return user if user and str(user.session_epoch) == epoch else None
