"""Whose life a user may see and keep notes on. Homeroom teachers: own classes; registrar and principal: all."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student
from exchange.welfare.models import Absence

ALL_STUDENTS = {Role.PRINCIPAL, Role.REGISTRAR}


def classes_of(user: User) -> Select[SchoolClass]:
    """The classes whose students this user looks after."""
    classes = select(SchoolClass)
    if user.roles & ALL_STUDENTS:
        return classes
    if user.has(Role.HOMEROOM_TEACHER):
        return classes.where(SchoolClass.homeroom_teacher_id == user.id)
    return classes.where(false())


def students_of(user: User) -> Select[Student]:
    """The students whose absences, talks and journeys this user may see."""
    if user.roles & ALL_STUDENTS:
        return select(Student)
    return select(Student).where(Student.school_class_id.in_(classes_of(user).with_only_columns(SchoolClass.id)))


def recordable_by(user: User) -> Select[Student]:
    """The students about whom this user may note something."""
    return students_of(user) if user.may(Permission.WELFARE_RECORD) else select(Student).where(false())


def absences_recordable_by(user: User) -> Select[Absence]:
    """The absences that this user may end or withdraw."""
    return select(Absence).where(Absence.student_id.in_(recordable_by(user).with_only_columns(Student.id)))
