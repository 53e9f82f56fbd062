"""On which placements a user may act. Roles stand in accounts/roles.py, statuses in workflow.py."""

from sqlalchemy import Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.placements.models import Placement
from exchange.placements.workflow import CHANGEABLE, OPEN
from exchange.programmes.models import SchoolClass
from exchange.students import policy as students
from exchange.students.models import Student

ALL_PLACEMENTS = {Role.INTERNSHIP_OFFICER, Role.PRINCIPAL, Role.REGISTRAR}


def visible_to(user: User) -> Select[Placement]:
    """The placements this user may see: the union over the user's roles."""
    placements = select(Placement)
    if user.roles & ALL_PLACEMENTS:
        return placements
    scopes = []
    if user.has(Role.INSTRUCTOR):
        scopes.append(Placement.instructor_id == user.id)
    if user.has(Role.HOMEROOM_TEACHER):
        own_classes = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
        scopes.append(Placement.student_id.in_(select(Student.id).where(Student.school_class_id.in_(own_classes))))
    if user.has(Role.STUDENT):
        scopes.append(Placement.student_id.in_(select(Student.id).where(Student.user_id == user.id)))
    return placements.where(or_(*scopes) if scopes else false())


def own(user: User) -> Select[Placement]:
    """The placements of this student, or of the children this guardian answers for."""
    return select(Placement).where(Placement.student_id.in_(students.family_of(user)))


def can_change(user: User, placement: Placement) -> bool:
    """A plan is open to change until the first day of work."""
    return user.may(Permission.PLACEMENT_PLAN) and placement.status in CHANGEABLE


def can_record(user: User, placement: Placement) -> bool:
    """Signatures, tests and filings are recorded as long as the placement is open."""
    return user.may(Permission.PLACEMENT_PLAN) and placement.status in OPEN
