"""Whose life a user may see and keep notes on. Homeroom teachers: own classes; registrar and principal: all."""

from sqlalchemy import Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.programmes.models import SchoolClass
from exchange.students.models import Student
from exchange.welfare.models import Absence, Seat, TravelGroup, VisitReport, VisitSheet

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


def seats_of(user: User) -> Select[Seat]:
    """The seats of students this user looks after, and of the groups that this user escorts."""
    if user.roles & ALL_STUDENTS:
        return select(Seat)
    own = Seat.student_id.in_(students_of(user).with_only_columns(Student.id))
    escorted = Seat.group_id.in_(select(TravelGroup.id).where(TravelGroup.escort_id == user.id))
    return select(Seat).where(or_(own, escorted))


def seats_confirmable_by(user: User) -> Select[Seat]:
    """The seats whose arrival this user may confirm."""
    return seats_of(user) if user.may(Permission.WELFARE_RECORD) else select(Seat).where(false())


def groups_printable_by(user: User) -> Select[TravelGroup]:
    """Whole phone numbers go to the registrar, and to the escort of the group."""
    groups = select(TravelGroup)
    if user.may(Permission.WELFARE_MANAGE):
        return groups
    return groups.where(TravelGroup.escort_id == user.id if user.may(Permission.WELFARE_RECORD) else false())


def can_print(user: User, group: TravelGroup) -> bool:
    """The same of one group, for a button."""
    is_escort = group.escort_id is not None and group.escort_id == user.id
    return user.may(Permission.WELFARE_MANAGE) or (is_escort and user.may(Permission.WELFARE_RECORD))


def sheets_of(user: User) -> Select[VisitSheet]:
    """The home visits that this user may read about."""
    return select(VisitSheet).where(VisitSheet.student_id.in_(students_of(user).with_only_columns(Student.id)))


def sheets_recordable_by(user: User) -> Select[VisitSheet]:
    """The home visits that this user may print and write down."""
    return select(VisitSheet).where(VisitSheet.student_id.in_(recordable_by(user).with_only_columns(Student.id)))


def reports_of(user: User) -> Select[VisitReport]:
    """The reports, and with them the photos, that this user may see."""
    if not user.may(Permission.WELFARE_VIEW):
        return select(VisitReport).where(false())
    return select(VisitReport).where(VisitReport.sheet_id.in_(sheets_of(user).with_only_columns(VisitSheet.id)))
