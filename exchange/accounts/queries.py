"""Look-ups of people with a sign-in."""

from sqlalchemy import select

from exchange.accounts.models import RoleAssignment, User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _


def find_user(username: str) -> User | None:
    """The person with this user name."""
    return db.session.scalars(select(User).where(User.username == username)).unique().one_or_none()


def actor(username: str | None, permission: Permission) -> User | None:
    """The person behind ``--by``: active and entitled; None is the command line itself. Raises ``UsageProblem``."""
    if username is None:
        return None
    user = find_user(username)
    if user is None or not user.active:
        raise UsageProblem(_("没有名为“%(name)s”的有效账号。", name=username))
    if not user.may(permission):
        raise UsageProblem(_("账号“%(name)s”没有权限 %(permission)s。", name=username, permission=permission.value))
    return user


def users_with(role: Role) -> list[User]:
    """Everyone who holds the role and is active, by name."""
    held = select(RoleAssignment.user_id).where(RoleAssignment.role == role)
    users = select(User).where(User.active, User.id.in_(held)).order_by(User.name, User.id)
    return list(db.session.scalars(users).unique())
