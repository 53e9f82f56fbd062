"""What can be done to an account: create, sign in, lock, change the password."""

import re
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from sqlalchemy import update

from exchange.accounts.events import AccountEvent, happened
from exchange.accounts.models import RoleAssignment, User
from exchange.accounts.queries import find_user
from exchange.accounts.roles import Role
from exchange.core.database import db, now, write_apart
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.i18n import _

ALLOWED_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
USERNAME = re.compile(r"[\w.@-]{1,64}")
LONGEST_NAME = 100
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 72
REQUIRED_SCORE = 2  # of 4, by zxcvbn's estimate

hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
WRONG = _("用户名或密码不对。连续输错 5 次，账号会锁定 15 分钟；忘记密码请联系学校管理员。")
UNKNOWN_USER_HASH = hasher.hash("nobody has this password")  # so that an unknown name takes as long as a known one


class SignInRefused(DomainError):
    """Wrong name, wrong password or locked: one sentence for all, so that nobody learns which names exist."""


class WeakPassword(DomainError):
    """A password that somebody could guess."""


class UsernameTaken(DomainError):
    """Two people cannot share a user name."""


def create_account(*, username: str, name: str, roles: set[Role], password: str, by: User | None) -> User:
    """A person who can sign in. Raises ``UsernameTaken``, ``WeakPassword`` and ``UsageProblem``."""
    if not USERNAME.fullmatch(username):
        raise UsageProblem(_("用户名“%(name)s”不能用：要 1 到 64 个字母、数字或汉字，可以有 . _ - @。", name=username))
    if not 0 < len(name) <= LONGEST_NAME:
        raise UsageProblem(_("姓名要有 1 到 100 个字。"))
    if find_user(username) is not None:
        raise UsernameTaken(_("用户名“%(name)s”已经有人用了。", name=username))
    _check_length(password)
    user = User(username=username, name=name, password_hash=hasher.hash(password))
    user.assignments = [RoleAssignment(role=role) for role in sorted(roles)]
    db.session.add(user)
    db.session.flush()
    changes = {"username": username, "roles": sorted(roles)}
    happened.send(AccountEvent.CREATED, subject=user, by=by, changes=changes)
    return user


def sign_in(*, username: str, password: str) -> User:
    """The person, if the password is right. Raises ``SignInRefused``; five failures lock the account for a while."""
    user = find_user(username)
    right = _verify(user.password_hash if user else UNKNOWN_USER_HASH, password)
    if user is None or not user.active or user.is_locked:
        raise SignInRefused(WRONG)
    if not right:
        user_id = user.id
        write_apart(lambda: _count_failure(user_id))
        raise SignInRefused(WRONG)
    user.failures, user.locked_until = 0, None
    if hasher.check_needs_rehash(user.password_hash):
        user.password_hash = hasher.hash(password)
    happened.send(AccountEvent.SIGNED_IN, subject=user, by=user)
    return user


def sign_out(user: User) -> None:
    """Record that the person left."""
    happened.send(AccountEvent.SIGNED_OUT, subject=user, by=user)


def change_password(user: User, *, old: str, new: str) -> None:
    """Replace the password and end all other sessions. Raises ``SignInRefused`` and ``WeakPassword``.

    A wrong old password counts like a failed sign-in, so that an open session gives no endless guesses.
    """
    if user.is_locked:
        raise SignInRefused(_("输错太多次，15 分钟后再试。"))
    if not _verify(user.password_hash, old):
        user_id = user.id
        write_apart(lambda: _count_failure(user_id))
        raise SignInRefused(_("原密码不对。"))
    _check_strength(new, user=user)
    user.password_hash = hasher.hash(new)
    user.session_epoch += 1
    happened.send(AccountEvent.PASSWORD_CHANGED, subject=user, by=user)


def opens(user: User, password: str) -> bool:
    """Whether this is the person's password."""
    return _verify(user.password_hash, password)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerificationError:
        return False


def _count_failure(user_id: int) -> None:
    counted = update(User).where(User.id == user_id).values(failures=User.failures + 1).returning(User.failures)
    failures = db.session.execute(counted).scalar_one()
    user = db.session.get_one(User, user_id, populate_existing=True)
    happened.send(AccountEvent.SIGN_IN_FAILED, subject=user, by=None)
    if failures >= ALLOWED_FAILURES:
        user.failures, user.locked_until = 0, now() + LOCKED_FOR
        happened.send(AccountEvent.LOCKED, subject=user, by=None)


def _check_length(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise WeakPassword(_("密码要有 8 到 72 个字符。"))


def _check_strength(password: str, *, user: User) -> None:
    _check_length(password)
    from zxcvbn import zxcvbn  # loads 30,000 words, and only a change of password needs them

    known = [user.username, user.name, "deqing", "dehong", "yunnan", "exchange"]
    if zxcvbn(password, user_inputs=known)["score"] < REQUIRED_SCORE:
        raise WeakPassword(_("这个密码太容易猜到。换一个更长的，比如四个不相干的词。"))
