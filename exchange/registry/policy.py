"""Whose records a user may see on the board. Roles stand in accounts/roles.py.

What was sent, compared and decided holds whole records of the school; it is for those who manage them, without a scope.
"""

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import InstrumentedAttribute

from exchange.accounts.models import User
from exchange.students import policy as students
from exchange.students.models import Student


def visible_to(user: User) -> Select[Student]:
    """The students on the board of this user: those whom the user may see at all."""
    return students.visible_to(user)


def concerns(user: User | None, column: InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
    """Conditions that leave the rows about students whom the user may see; none for who sees everybody.

    The command line (None) sees everybody, too.
    """
    if user is None or user.roles & students.ALL_STUDENTS:
        return []
    return [column.in_(visible_to(user).with_only_columns(Student.id))]
