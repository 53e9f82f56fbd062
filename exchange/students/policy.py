"""On which records of students a user may act. Roles stand in accounts/roles.py."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.partners.queries import regions_of
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import stem_of
from exchange.students.authority import latest_birth_of_age
from exchange.students.models import (
    ConsentAnswer,
    ConsentKind,
    ConsentRecord,
    Correction,
    Guardian,
    Guardianship,
    Student,
)

ALL_STUDENTS = {
    Role.PRINCIPAL,
    Role.REGISTRAR,
    Role.AID_OFFICER,
    Role.INTERNSHIP_OFFICER,
    Role.SUBJECT_TEACHER,
    Role.INSTRUCTOR,
}
OUTSIDERS = {Role.PARTNER, Role.AUDITOR}
"""Who reads of students without having to do with them."""


def visible_to(user: User) -> Select[Student]:
    """The students this user may see: the union over the user's roles."""
    students = select(Student)
    if user.roles & ALL_STUDENTS:
        return students
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.HOMEROOM_TEACHER):
        scopes.append(_in_own_class(user))
    if user.has(Role.STUDENT):
        scopes.append(Student.user_id == user.id)
    if user.has(Role.GUARDIAN):
        scopes.append(Student.id.in_(children_of(user)))
    return students.where(or_(*scopes) if scopes else false())


def listed_for(user: User) -> Select[Student]:
    """Who stands on this user's list of students, to be read masked and no more: beside the students in the user's
    own scope those of a bureau's counties, and for the auditor all. No other feature gives anything away by this.
    """
    students = select(Student)
    if user.roles & (ALL_STUDENTS | {Role.AUDITOR}):
        return students
    if not user.has(Role.PARTNER):
        return visible_to(user)
    scopes: list[ColumnElement[bool]] = [
        Student.county_of_origin.startswith(stem_of(region), autoescape=True) for region in regions_of(user)
    ]
    return students.where(or_(Student.id.in_(visible_to(user).with_only_columns(Student.id)), *scopes))


def sees_outline_only(user: User, student: Student) -> bool:
    """Whether the student is on the user's list only to be read masked."""
    if user.roles & ALL_STUDENTS or not user.roles & OUTSIDERS:
        return False
    return db.session.scalar(visible_to(user).where(Student.id == student.id).with_only_columns(Student.id)) is None


def may_see_names(user: User) -> bool:
    """The auditor reads names masked."""
    return bool(user.roles - {Role.AUDITOR, Role.ADMINISTRATOR})


def children_of(user: User) -> Select[int]:
    """The ids of the students whom this guardian's account may see today; every feature asks here.

    A guardianship that holds is enough while the student is a minor; an adult must have agreed.
    """
    return (
        select(Guardianship.student_id)
        .join(Guardian)
        .join(Guardianship.student)
        .where(Guardian.user_id == user.id, _still_told(today()))
    )


def accounts_of_guardians(student_ids: Collection[int]) -> dict[int, list[User]]:
    """Student → the accounts of the guardians who may see the record today: ``children_of`` the other way round."""
    rows = (
        select(Guardianship.student_id, User)
        .join(Guardian, Guardian.id == Guardianship.guardian_id)
        .join(Student, Student.id == Guardianship.student_id)
        .join(User, User.id == Guardian.user_id)
        .where(Guardianship.student_id.in_(student_ids), User.active, _still_told(today()))
        .order_by(Guardianship.call_order, Guardianship.id)
    )
    found: dict[int, list[User]] = {}
    for student_id, user in db.session.execute(rows).unique():
        found.setdefault(student_id, []).append(user)
    return found


def _still_told(day: date) -> ColumnElement[bool]:
    """The guardianship holds, and the student is a minor or has agreed."""
    return and_(holding(day), or_(Student.birth_date > latest_birth_of_age(day), _agreed()))


def holding(day: date) -> ColumnElement[bool]:
    """Guardianships that hold on the day, as ``Guardianship.holds`` for queries."""
    return and_(
        or_(Guardianship.begins_on.is_(None), Guardianship.begins_on <= day),
        or_(Guardianship.until.is_(None), Guardianship.until > day),
    )


def family_of(user: User) -> Select[int]:
    """The ids of the students about whom this account is: the student's own record and the children."""
    return select(Student.id).where(Student.user_id == user.id).union(children_of(user))  # type: ignore[return-value]


def own(user: User) -> Select[Student]:
    """The students whose page "my data" this is, for accounts of students and guardians."""
    return select(Student).where(Student.id.in_(family_of(user)))


def only_child(user: User) -> Student | None:
    """The student whose own or whose guardian's account this is, where it is about one student and nothing else."""
    if not user.roles or user.roles - {Role.STUDENT, Role.GUARDIAN}:
        return None
    students = db.session.scalars(visible_to(user).limit(2)).all()
    return students[0] if len(students) == 1 else None


def is_staff(user: User) -> bool:
    """Somebody of the school, whose looking at a record is counted."""
    return bool(user.roles - {Role.STUDENT, Role.GUARDIAN})


def guardians_visible_to(user: User) -> Select[Guardian]:
    """The guardians of the students in this user's scope; the registrar also finds who answers for nobody."""
    guardians = select(Guardian)
    if user.has(Role.REGISTRAR):
        return guardians
    visible = visible_to(user).with_only_columns(Student.id)
    return guardians.where(
        Guardian.id.in_(select(Guardianship.guardian_id).where(Guardianship.student_id.in_(visible)))
    )


def in_charge_of(user: User) -> Select[Student]:
    """The students for whom this user answers: the registrar all, a homeroom teacher the own class.

    A second role, as teacher of a subject for instance, shows more students but makes nobody answer for them.
    """
    students = select(Student)
    if user.has(Role.REGISTRAR):
        return students
    return students.where(_in_own_class(user) if user.has(Role.HOMEROOM_TEACHER) else false())


def is_in_charge(user: User, student: Student) -> bool:
    """As ``in_charge_of``, for a student whose class is loaded."""
    return user.has(Role.REGISTRAR) or student.school_class.homeroom_teacher_id == user.id


def may_keep_contacts(user: User, student: Student) -> bool:
    """Phones and languages of guardians, and whom else to call."""
    return user.may(Permission.STUDENT_CONTACT) and is_in_charge(user, student)


def may_keep_consents(user: User, student: Student) -> bool:
    """Who records what a family has answered on paper or on site."""
    return user.may(Permission.STUDENT_CONSENT) and is_in_charge(user, student)


def may_read_consents(user: User, student: Student) -> bool:
    """Who records them, and the principal."""
    return may_keep_consents(user, student) or user.has(Role.PRINCIPAL)


def consents_visible_to(user: User) -> Select[ConsentRecord]:
    """The answers whose scans this user may open: of the students in charge of, and of the own family."""
    scope = in_charge_of(user).with_only_columns(Student.id)
    return select(ConsentRecord).where(
        or_(ConsentRecord.student_id.in_(scope), ConsentRecord.student_id.in_(family_of(user)))
    )


def corrections_visible_to(user: User) -> Select[Correction]:
    """The queue for whoever decides, else what the person has asked for."""
    corrections = select(Correction)
    if user.may(Permission.STUDENT_CORRECT):
        return corrections
    return corrections.where(Correction.asked_by_id == user.id)


def may_see_identity(user: User) -> bool:
    """Who may ask for whole numbers (each time with a reason)."""
    return user.has(Role.REGISTRAR)


def may_see_poverty(user: User) -> bool:
    """The aid officer alone."""
    return user.has(Role.AID_OFFICER)


def hidden_fields(user: User | None) -> set[str]:
    """The columns of a sheet that this person may not read unless it is their own sheet."""
    return set() if user is not None and may_see_poverty(user) else {"hardship"}


def _in_own_class(user: User) -> ColumnElement[bool]:
    return Student.school_class_id.in_(select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id))


def _agreed() -> ColumnElement[bool]:
    """The student, of age now, has said last that guardians may go on looking."""
    later = aliased(ConsentRecord)
    is_overtaken = exists().where(
        later.student_id == ConsentRecord.student_id, later.kind == ConsentRecord.kind, later.id > ConsentRecord.id
    )
    return exists().where(
        ConsentRecord.student_id == Student.id,
        ConsentRecord.kind == ConsentKind.GUARDIAN_AFTER_18,
        ConsentRecord.answer == ConsentAnswer.GIVEN,
        ConsentRecord.withdrawn_on.is_(None),
        ~is_overtaken,
    )
