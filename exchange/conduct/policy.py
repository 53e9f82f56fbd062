"""Whose conduct a user may see and assess. Homeroom teachers: own classes; registrar and principal: all."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass
from exchange.students import policy as students
from exchange.students.models import Student

ALL_CLASSES = {Role.PRINCIPAL, Role.REGISTRAR}


def classes_of(user: User) -> Select[SchoolClass]:
    """The classes whose assessments this user may read."""
    classes = select(SchoolClass)
    if user.roles & ALL_CLASSES:
        return classes
    if user.has(Role.HOMEROOM_TEACHER):
        return classes.where(SchoolClass.homeroom_teacher_id == user.id)
    return classes.where(false())


def assessable_by(user: User) -> Select[SchoolClass]:
    """The classes that this user may assess."""
    return classes_of(user) if user.may(Permission.CONDUCT_RECORD) else select(SchoolClass).where(false())


def readable_of(user: User) -> Select[Student]:
    """The students whose assessments this user may read: staff by class, the family its own."""
    if user.roles & ALL_CLASSES:
        return select(Student)
    if user.has(Role.STUDENT) or user.has(Role.GUARDIAN):
        return students.visible_to(user)
    return select(Student).where(Student.school_class_id.in_(classes_of(user).with_only_columns(SchoolClass.id)))


def reads_as_family(user: User) -> bool:
    """Whether only what is released is shown."""
    return not user.may(Permission.CONDUCT_VIEW)
