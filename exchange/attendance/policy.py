"""Whose attendance a user may keep, see and decide about. Roles stand in accounts/roles.py."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.attendance.models import LeaveRequest, LeaveStatus
from exchange.attendance.sources import TAUGHT_CLASSES
from exchange.core.database import today
from exchange.programmes.models import SchoolClass
from exchange.students import policy as students
from exchange.students.models import Guardian, Guardianship, Student
from exchange.welfare import policy as welfare


def classes_recordable_by(user: User) -> Select[SchoolClass]:
    """The classes whose roll this user may take: the own class and those that the user teaches; the registrar all."""
    classes = select(SchoolClass)
    if not user.may(Permission.ATTENDANCE_RECORD):
        return classes.where(false())
    if user.has(Role.REGISTRAR):
        return classes
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.HOMEROOM_TEACHER):
        scopes.append(SchoolClass.homeroom_teacher_id == user.id)
    if user.has(Role.SUBJECT_TEACHER):
        scopes += [SchoolClass.id.in_(taught(user)) for taught in TAUGHT_CLASSES]
    return classes.where(or_(*scopes) if scopes else false())


def requests_decidable_by(user: User) -> Select[LeaveRequest]:
    """The leave that this user reads about and decides on: of the own class; the registrar stands in for everybody."""
    if not user.may(Permission.ATTENDANCE_APPROVE):
        return select(LeaveRequest).where(false())
    own = welfare.students_of(user).with_only_columns(Student.id)
    return select(LeaveRequest).where(LeaveRequest.student_id.in_(own))


def requests_of_family(user: User) -> Select[LeaveRequest]:
    """The leave of this student, or of the children this guardian answers for."""
    return select(LeaveRequest).where(LeaveRequest.student_id.in_(students.family_of(user)))


def requests_withdrawable_by(user: User) -> Select[LeaveRequest]:
    """Only who asked takes back."""
    return requests_of_family(user).where(LeaveRequest.asked_by_id == user.id)


def requests_agreeable_by(user: User) -> Select[LeaveRequest]:
    """The leave that waits for this legal guardian's yes."""
    wards = (
        select(Guardianship.student_id)
        .join(Guardian)
        .where(Guardian.user_id == user.id, Guardianship.is_legal_guardian, students.holding(today()))
    )
    waiting = select(LeaveRequest).where(LeaveRequest.status == LeaveStatus.AWAITING_GUARDIAN)
    return waiting.where(LeaveRequest.student_id.in_(wards))


def students_asked_for_by(user: User) -> Select[Student]:
    """For whom this user may ask for leave: the family for itself, the homeroom teacher for the own class."""
    scopes: list[ColumnElement[bool]] = []
    if user.may(Permission.ATTENDANCE_MINE):
        scopes.append(Student.id.in_(students.family_of(user)))
    if user.may(Permission.ATTENDANCE_APPROVE):
        scopes.append(Student.id.in_(welfare.students_of(user).with_only_columns(Student.id)))
    return select(Student).where(or_(*scopes) if scopes else false())


def answers_for(user: User, student: Student) -> bool:
    """Whether the user is a guardian who may decide for the student today."""
    return any(bond.guardian.user_id == user.id and bond.has_authority(today()) for bond in student.guardianships)
