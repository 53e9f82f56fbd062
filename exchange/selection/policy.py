"""Which batches, applications and results a user may see and change. Roles stand in accounts/roles.py."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass
from exchange.selection.models import Appeal, BatchClass, BatchStatus, InternshipBatch
from exchange.students import policy as students
from exchange.students.models import Student

ALL_BATCHES = {Role.INTERNSHIP_OFFICER, Role.PRINCIPAL}


def batches_visible_to(user: User) -> Select[InternshipBatch]:
    """The office and the principal see all batches; a homeroom teacher those of the own class, once announced."""
    batches = select(InternshipBatch)
    if user.roles & ALL_BATCHES:
        return batches
    if not user.has(Role.HOMEROOM_TEACHER):
        return batches.where(false())
    own = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
    return batches.where(InternshipBatch.status != BatchStatus.DRAFT, _takes_in(own))


def batches_of_family(user: User) -> Select[InternshipBatch]:
    """The announced batches of the student's class, or of the classes of the children."""
    classes = select(Student.school_class_id).where(Student.id.in_(students.family_of(user)))
    return select(InternshipBatch).where(InternshipBatch.status != BatchStatus.DRAFT, _takes_in(classes))


def batches_applied_for_by(user: User) -> Select[InternshipBatch]:
    """The batches for which this user may hand in an application."""
    scopes = (batches_visible_to(user), batches_of_family(user))
    visible = [InternshipBatch.id.in_(scope.with_only_columns(InternshipBatch.id)) for scope in scopes]
    return select(InternshipBatch).where(or_(*visible))


def students_visible_to(user: User) -> Select[Student]:
    """Whose applications the user reads: the office and the principal all, a homeroom teacher the own class."""
    found = select(Student)
    if user.roles & ALL_BATCHES:
        return found
    if not user.has(Role.HOMEROOM_TEACHER):
        return found.where(false())
    return found.where(_in_own_class(user))


def students_applied_for_by(user: User) -> Select[Student]:
    """For whom the user may hand in choices: the student alone, from paper the homeroom teacher and the office."""
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.STUDENT):
        scopes.append(Student.user_id == user.id)
    if user.has(Role.HOMEROOM_TEACHER):
        scopes.append(_in_own_class(user))
    if user.may(Permission.SELECTION_MANAGE):
        scopes.append(Student.id > 0)
    return select(Student).where(or_(*scopes) if scopes else false())


def appeals_visible_to(user: User) -> Select[Appeal]:
    """Whoever decides and the office read them all."""
    if user.may(Permission.SELECTION_DECIDE) or user.may(Permission.SELECTION_MANAGE):
        return select(Appeal)
    return select(Appeal).where(false())


def sees_sensitive(user: User) -> bool:
    """Medical and political rounds are for the office alone; others learn only whether somebody is still in."""
    return user.may(Permission.SELECTION_MANAGE)


def _in_own_class(user: User) -> ColumnElement[bool]:
    return Student.school_class_id.in_(select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id))


def _takes_in(classes: Select[int]) -> ColumnElement[bool]:
    return InternshipBatch.id.in_(select(BatchClass.batch_id).where(BatchClass.class_id.in_(classes)))


def sees_pipeline(user: User) -> bool:
    """Rounds, proposal and appeals are for the office and the principal."""
    return user.may(Permission.SELECTION_MANAGE) or user.may(Permission.SELECTION_DECIDE)
