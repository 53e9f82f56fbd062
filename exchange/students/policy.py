"""Which students a user may see. Roles stand in accounts/roles.py."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.core.database import db
from exchange.programmes.models import SchoolClass
from exchange.students.models import Guardian, Guardianship, Student

ALL_STUDENTS = {
    Role.PRINCIPAL,
    Role.REGISTRAR,
    Role.AID_OFFICER,
    Role.INTERNSHIP_OFFICER,
    Role.SUBJECT_TEACHER,
    Role.INSTRUCTOR,
}


def visible_to(user: User) -> Select[Student]:
    """The students this user may see: the union over the user's roles."""
    students = select(Student)
    if user.roles & ALL_STUDENTS:
        return students
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.HOMEROOM_TEACHER):
        own_classes = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
        scopes.append(Student.school_class_id.in_(own_classes))
    if user.has(Role.STUDENT):
        scopes.append(Student.user_id == user.id)
    if user.has(Role.GUARDIAN):
        own_children = select(Guardianship.student_id).join(Guardian).where(Guardian.user_id == user.id)
        scopes.append(Student.id.in_(own_children))
    return students.where(or_(*scopes) if scopes else false())


def only_child(user: User) -> Student | None:
    """The student whose own or whose guardian's account this is, where it is about one student and nothing else."""
    if not user.roles or user.roles - {Role.STUDENT, Role.GUARDIAN}:
        return None
    students = db.session.scalars(visible_to(user).limit(2)).all()
    return students[0] if len(students) == 1 else None


def may_see_identity(user: User) -> bool:
    """Who may ask for whole numbers (each time with a reason)."""
    return user.has(Role.REGISTRAR)


def may_see_poverty(user: User) -> bool:
    """The aid officer alone."""
    return user.has(Role.AID_OFFICER)
