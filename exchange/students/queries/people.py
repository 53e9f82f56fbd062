"""Reading what stands around a student: siblings, guardians known already, contacts, the portrait, and who looked."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from exchange.accounts.models import User
from exchange.accounts.roles import Role
from exchange.audit.models import AuditEvent
from exchange.core.database import db
from exchange.core.encryption import blind_index
from exchange.core.i18n import _
from exchange.programmes.models import SchoolClass
from exchange.students.authority import latest_birth_of_age
from exchange.students.events import StudentEvent
from exchange.students.models import ConsentRecord, Contact, Correction, Guardian, Guardianship, Photo, Student
from exchange.students.values import GUARDIAN_ID

NO_KIN = ("其他监护人", "村委会")
"""Whom a village committee looks after are no siblings."""
LOOKS = (StudentEvent.OPENED, StudentEvent.IDENTITY_REVEALED)


def siblings_of(student: Student, scope: Select[Student]) -> list[Student]:
    """Students of the scope who share a guardian of the family with this one."""
    own, other = aliased(Guardianship), aliased(Guardianship)
    shared = (
        select(other.student_id)
        .join(own, own.guardian_id == other.guardian_id)
        .where(own.student_id == student.id, own.relation.not_in(NO_KIN), other.relation.not_in(NO_KIN))
    )
    found = scope.where(Student.id.in_(shared), Student.id != student.id).options(joinedload(Student.school_class))
    return list(db.session.scalars(found.order_by(Student.birth_date, Student.id)))


def children_for_page(guardian: Guardian, scope: Select[Student]) -> list[Guardianship]:
    """For which students of the scope this person answers or has answered."""
    visible = scope.with_only_columns(Student.id)
    found = (
        select(Guardianship)
        .join(Guardianship.student)
        .where(Guardianship.guardian_id == guardian.id, Guardianship.student_id.in_(visible))
        .options(contains_eager(Guardianship.student).joinedload(Student.school_class))
    )
    return list(db.session.scalars(found.order_by(Student.birth_date, Student.id)))


def guardians_known_as(*, name: str, phone: str | None, resident_id: str | None) -> list[Guardian]:
    """Who may be the same person: by resident ID, or by name and phone. With the students each answers for."""
    conditions = [Guardian.name == name]
    if resident_id:
        conditions.append(Guardian.resident_id_index == blind_index(resident_id, GUARDIAN_ID))
    candidates = db.session.scalars(select(Guardian).where(or_(*conditions)).order_by(Guardian.id))
    return [each for each in candidates if _is_same(each, phone=phone, resident_id=resident_id)]


def _is_same(guardian: Guardian, *, phone: str | None, resident_id: str | None) -> bool:
    if resident_id and guardian.resident_id:
        return guardian.resident_id == resident_id
    return bool(phone) and guardian.phone == phone


def wards_of(guardians: Iterable[Guardian]) -> dict[int, list[str]]:
    """Guardian → the names of the students they answer for."""
    ids = [guardian.id for guardian in guardians]
    rows = select(Guardianship.guardian_id, Student.name).join(Guardianship.student)
    wards: dict[int, list[str]] = {}
    for guardian_id, name in db.session.execute(rows.where(Guardianship.guardian_id.in_(ids)).order_by(Student.id)):
        wards.setdefault(guardian_id, []).append(name)
    return wards


def with_shared_guardians(student_ids: Collection[int]) -> set[int]:
    """Those of the students who have a guardian in common with somebody else."""
    own, other = aliased(Guardianship), aliased(Guardianship)
    shared = select(own.student_id).where(
        own.student_id.in_(student_ids),
        exists().where(other.guardian_id == own.guardian_id, other.student_id != own.student_id),
    )
    return set(db.session.scalars(shared)) if student_ids else set()


def others_with(guardian: Guardian, *, beside: Student) -> list[Student]:
    """The other students for whom the person answers."""
    wards = select(Guardianship.student_id).where(Guardianship.guardian_id == guardian.id)
    return list(db.session.scalars(select(Student).where(Student.id.in_(wards), Student.id != beside.id)))


def hanging_on(guardianship: Guardianship) -> list[str]:
    """In words what would lose its person or its ward without this guardianship: answers, requests, an account."""
    found = [
        str(label)
        for model, label in ((ConsentRecord, _("同意书")), (Correction, _("更正申请")))
        if db.session.scalar(select(exists(_about(model, guardianship))))
    ]
    return found + ([str(_("账号"))] if guardianship.guardian.user_id is not None else [])


def _about(model: type[ConsentRecord | Correction], guardianship: Guardianship) -> Select[int]:
    theirs = model.guardian_id == guardianship.guardian_id
    return select(model.id).where(theirs, model.student_id == guardianship.student_id)


def guardianships_of(student: Student) -> Select[Guardianship]:
    """Who answers or has answered for the student."""
    return (
        select(Guardianship)
        .where(Guardianship.student_id == student.id)
        .options(joinedload(Guardianship.guardian), joinedload(Guardianship.student))
    )


def come_of_age(day: date) -> list[Guardianship]:
    """Guardianships whose authority has ended by the day and was not noted yet."""
    ended = (
        select(Guardianship)
        .join(Guardianship.student)
        .where(
            Guardianship.is_legal_guardian,
            Guardianship.authority_ended_on.is_(None),
            Guardianship.until.is_(None),
            Student.birth_date <= latest_birth_of_age(day),
        )
        .options(contains_eager(Guardianship.student), joinedload(Guardianship.guardian))
    )
    return list(db.session.scalars(ended.order_by(Guardianship.id)))


def contacts_of(student: Student) -> list[Contact]:
    """Whom to call beside the guardians, the emergency contact first."""
    found = select(Contact).where(Contact.student_id == student.id)
    return list(db.session.scalars(found.order_by(Contact.kind, Contact.id)))


def photo_of(student: Student) -> Photo | None:
    """The portrait of today."""
    current = select(Photo).where(Photo.student_id == student.id, Photo.replaced_at.is_(None))
    return db.session.scalar(current.order_by(Photo.id.desc()).limit(1))


def looks_by_role(student: Student) -> list[tuple[Role, int, int]]:
    """Role → how often people of it have opened the record, and asked for a whole value."""
    looked = (
        select(AuditEvent.actor_id, AuditEvent.action, func.count())
        .where(
            AuditEvent.subject_type == Student.__tablename__,
            AuditEvent.subject_id == student.id,
            AuditEvent.action.in_(LOOKS),
            AuditEvent.actor_id.is_not(None),
        )
        .group_by(AuditEvent.actor_id, AuditEvent.action)
    )
    rows = db.session.execute(looked).all()
    people = {user.id: user for user in _users(actor_id for actor_id, _action, _count in rows)}
    opened: Counter[Role] = Counter()
    revealed: Counter[Role] = Counter()
    for actor_id, action, count in rows:
        counter = opened if action == StudentEvent.OPENED else revealed
        counter[_role_of(people.get(actor_id or 0))] += count
    return [(role, opened[role], revealed[role]) for role in Role if opened[role] or revealed[role]]


def _users(ids: Iterable[int | None]) -> list[User]:
    wanted = set(ids)
    return list(db.session.scalars(select(User).where(User.id.in_(wanted))).unique()) if wanted else []


def _role_of(user: User | None) -> Role:
    """The first of a person's roles in the order of the matrix: it is the reason why somebody of the school looks."""
    roles = user.roles if user else set()
    return next((role for role in Role if role in roles), Role.AUDITOR)


def with_family(students: Select[Student]) -> Select[Student]:
    """With class and guardians, for the pages of a family."""
    return students.options(
        joinedload(Student.school_class).joinedload(SchoolClass.homeroom_teacher),
        selectinload(Student.guardianships).joinedload(Guardianship.guardian),
    )
