"""Which mark sheets and which results a user may see or change. Roles stand in accounts/roles.py."""

from sqlalchemy import Select, false, or_, select
from sqlalchemy.sql.elements import ColumnElement

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.core.workflow import Transition
from exchange.coursework.models import SHOWN, Attempt, AttemptKind, MarkSheet, Recognition
from exchange.programmes.models import SchoolClass, Term
from exchange.students import policy as students
from exchange.students.models import Student

ALL_SHEETS = {Role.PRINCIPAL, Role.REGISTRAR}


def visible_to(user: User) -> Select[MarkSheet]:
    """The sheets this user may open. Students and guardians open none: a sheet shows the whole class."""
    return select(MarkSheet).where(_may_see(user))


def classes_taught_by(user: User) -> Select[int]:
    """The ids of the classes to which the user gives a course in the present term."""
    sheets = select(MarkSheet.school_class_id).join(Term, Term.id == MarkSheet.term_id)
    return sheets.where(MarkSheet.teacher_id == user.id, Term.starts_on <= today(), Term.ends_on >= today())


def on_transcript_of(student: Student, user: User) -> Select[MarkSheet]:
    """The sheets whose result this user may read of the student: staff by scope, the family what is published."""
    scope = _may_see(user)
    if is_family(user, student):
        scope = or_(scope, MarkSheet.status.in_(SHOWN))
    return select(MarkSheet).where(scope)


def sees_all_of(user: User, student: Student) -> bool:
    """Who reads the whole transcript: the family, the own homeroom teacher, and who answers for the school."""
    if user.roles & ALL_SHEETS or is_family(user, student):
        return True
    return user.has(Role.HOMEROOM_TEACHER) and student.school_class.homeroom_teacher_id == user.id


def attempts_visible_to(user: User) -> Select[Attempt]:
    """Later sittings go with their sheet; what was recognised is for who keeps the whole record of the student."""
    sheets = visible_to(user).with_only_columns(MarkSheet.id)
    scopes: list[ColumnElement[bool]] = [Attempt.sheet_id.in_(sheets)]
    recognised = Attempt.kind == AttemptKind.RECOGNISED
    if user.roles & ALL_SHEETS:
        scopes.append(recognised)
    elif user.has(Role.HOMEROOM_TEACHER):
        own = select(Student.id).join(SchoolClass).where(SchoolClass.homeroom_teacher_id == user.id)
        scopes.append(recognised & Attempt.student_id.in_(own))
    return select(Attempt).where(or_(*scopes))


def recognitions_visible_to(user: User) -> Select[Recognition]:
    """Decisions name several students: they and their papers are for who keeps the records of all of them."""
    found = select(Recognition)
    return found.where(Recognition.school_class_id.in_(audited_by(user).with_only_columns(SchoolClass.id)))


def may_withdraw(user: User, attempt: Attempt) -> bool:
    """Whoever may record on the sheet; what was recognised is the registrar's."""
    if attempt.sheet is None:
        return user.may(Permission.COURSEWORK_PUBLISH)
    return may_record(user, attempt.sheet)


def is_family(user: User, student: Student) -> bool:
    """Whether the user is the student or one of the guardians."""
    if user.has(Role.STUDENT) and student.user_id == user.id:
        return True
    if not user.has(Role.GUARDIAN):
        return False
    children = students.children_of(user)
    return db.session.scalar(children.where(Student.id == student.id).limit(1)) is not None


def may_open(user: User) -> bool:
    """Who may give a course to a class."""
    return user.may(Permission.COURSEWORK_RECORD) or user.may(Permission.COURSEWORK_PUBLISH)


def may_record(user: User, sheet: MarkSheet) -> bool:
    """The sheet's own teacher, and whoever publishes; in which status, the service decides."""
    is_own = sheet.teacher_id == user.id and user.may(Permission.COURSEWORK_RECORD)
    return is_own or user.may(Permission.COURSEWORK_PUBLISH)


def may_take(user: User, sheet: MarkSheet, transition: Transition) -> bool:
    """The teacher's step is for the sheet's own teacher and whoever publishes, the others for who has the right.

    Nobody confirms what he or she has taught or handed in.
    """
    if transition.name == "submit":
        return may_record(user, sheet)
    if transition.name == "confirm" and is_maker(user, sheet):
        return False
    return user.may(Permission(transition.permission))


def is_maker(user: User, sheet: MarkSheet) -> bool:
    """Whether these are the user's own marks."""
    return user.id in {sheet.teacher_id, sheet.submitted_by_id}


def audited_by(user: User) -> Select[SchoolClass]:
    """The classes whose graduation this user audits: registrar and principal all, homeroom teachers their own."""
    classes = select(SchoolClass)
    if user.roles & ALL_SHEETS:
        return classes
    is_own = SchoolClass.homeroom_teacher_id == user.id
    return classes.where(is_own if user.has(Role.HOMEROOM_TEACHER) else false())


def audited_students(user: User) -> Select[Student]:
    """The students of these classes, leavers too."""
    return select(Student).where(Student.school_class_id.in_(audited_by(user).with_only_columns(SchoolClass.id)))


def _may_see(user: User) -> ColumnElement[bool]:
    if user.roles & ALL_SHEETS:
        return MarkSheet.id.is_not(None)
    scopes = []
    if user.has(Role.SUBJECT_TEACHER):
        scopes.append(MarkSheet.teacher_id == user.id)
    if user.has(Role.HOMEROOM_TEACHER):
        own_classes = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
        scopes.append(MarkSheet.school_class_id.in_(own_classes))
    return or_(*scopes) if scopes else false()
