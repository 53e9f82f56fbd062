"""The sign-ins of the demonstration: one per role, named like it, and a second registrar for the second signature."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from exchange.accounts import service
from exchange.accounts.models import User
from exchange.accounts.queries import find_user
from exchange.accounts.roles import Role

NAMES = {
    "administrator": "管理员",
    "principal": "章校长",
    "registrar": "沈老师",
    "registrar2": "陆老师",
    "aid_officer": "赵老师",
    "internship_officer": "周老师",
    "homeroom_teacher": "尹老师",
    "subject_teacher": "何老师",
    "instructor": "钱老师",
    "student": "学生",
    "guardian": "家长",
    "partner": "德宏教育局",
    "auditor": "吴老师",
}


@dataclass(frozen=True)
class SignIn:
    """One line of what ``flask demo load`` prints."""

    username: str
    role: Role
    password: str | None


def role_of(username: str) -> Role:
    """``registrar2`` is a registrar too."""
    return Role(username.rstrip("2"))


def create_people(password: str) -> dict[str, User]:
    """Everybody who can sign in, by user name; those who exist stay as they are."""
    return {
        username: find_user(username)
        or service.create_account(username=username, name=name, roles={role_of(username)}, password=password, by=None)
        for username, name in NAMES.items()
    }


def sign_ins(password: str | None) -> list[SignIn]:
    """What people need to try the demonstration."""
    return [SignIn(username, role_of(username), password) for username in NAMES]


def kept_password() -> str | None:
    """The random password of an earlier load, if it was kept."""
    path = _password_file()
    return path.read_text(encoding="utf-8").strip() if path.exists() else None


def make_password() -> str:
    """A random password, kept for the next ``make run``."""
    password = secrets.token_urlsafe(9)
    path = _password_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(password, encoding="utf-8")
    path.chmod(0o600)
    return password


def _password_file() -> Path:
    return Path(current_app.instance_path) / "demo-password"


def known_password(candidate: str | None) -> str | None:
    """The password, if it is the one that opens the demonstration's accounts."""
    registrar = find_user("registrar")
    return candidate if candidate and registrar and service.opens(registrar, candidate) else None
