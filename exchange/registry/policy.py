"""Whose records a user may see on the board. Roles stand in accounts/roles.py.

What was sent, compared and decided holds whole records of the school; it is for those who manage them, without a scope.
"""

from sqlalchemy import ColumnElement, Select, false, select
from sqlalchemy.orm import InstrumentedAttribute

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass
from exchange.registry.models import Discrepancy, RegistryTally
from exchange.students import policy as students
from exchange.students.models import Student

ALL_RECORDS = {Role.PRINCIPAL, Role.REGISTRAR, Role.AID_OFFICER}


def visible_to(user: User) -> Select[Student]:
    """The students on the board of this user: all, or those for whom the user answers."""
    return select(Student) if user.roles & ALL_RECORDS else students.in_charge_of(user)


def may_fill(user: User, student: Student) -> bool:
    """Who writes down what a record still lacks."""
    return user.may(Permission.REGISTRY_FILL) and students.is_in_charge(user, student)


def discrepancies_visible_to(user: User) -> Select[Discrepancy]:
    """The lines whose proofs this user may open: all, for who decides them."""
    lines = select(Discrepancy)
    return lines if user.may(Permission.REGISTRY_MANAGE) else lines.where(false())


def concerns(user: User | None, column: InstrumentedAttribute[int]) -> list[ColumnElement[bool]]:
    """Conditions that leave the rows about students whom the user may see; none for who sees everybody.

    The command line (None) sees everybody, too.
    """
    if user is None or user.roles & ALL_RECORDS:
        return []
    return [column.in_(visible_to(user).with_only_columns(Student.id))]


def counted_for(user: User | None) -> ColumnElement[bool]:
    """Which tallies make up the numbers of this user: those of the school, or of the own classes."""
    if user is None or user.roles & ALL_RECORDS:
        return RegistryTally.school_class_id.is_(None)
    return classes_of(user)


def classes_of(user: User | None) -> ColumnElement[bool]:
    """The tallies of single classes that this user may see."""
    if user is None or user.roles & ALL_RECORDS:
        return RegistryTally.school_class_id.is_not(None)
    own = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
    return RegistryTally.school_class_id.in_(own)
