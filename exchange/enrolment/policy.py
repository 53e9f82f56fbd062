"""Which applicants a user may see and enter. Roles stand in accounts/roles.py, statuses in workflow.py."""

from sqlalchemy import ColumnElement, Select, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.workflow import OPEN
from exchange.partners.models import CooperationProject
from exchange.partners.queries import counties_of, regions_of
from exchange.programmes.models import SchoolClass
from exchange.reference.areas import Area, stem_of

ALL_APPLICANTS = {Role.PRINCIPAL, Role.REGISTRAR}


def visible_to(user: User) -> Select[Applicant]:
    """The applicants this user may see; nobody sees who was forgotten."""
    return counted_for(user).where(Applicant.forgotten_at.is_(None))


def counted_for(user: User) -> Select[Applicant]:
    """The applicants of whom this user may see numbers: the union over the user's roles."""
    applicants = select(Applicant)
    if user.roles & ALL_APPLICANTS:
        return applicants
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.HOMEROOM_TEACHER):
        own_classes = select(SchoolClass.id).where(SchoolClass.homeroom_teacher_id == user.id)
        scopes.append(Applicant.school_class_id.in_(own_classes))
    if user.has(Role.PARTNER):
        scopes += [_comes_from(region) for region in regions_of(user)]
    return applicants.where(or_(*scopes) if scopes else false())


def proofs_visible_to(user: User) -> Select[Applicant]:
    """Whose proofs this user may open: a hospital's paper is no business of the bureau and of the class."""
    applicants = visible_to(user)
    return applicants if sees_all(user) else applicants.where(false())


def counties_to_enter(user: User, project: CooperationProject) -> list[Area]:
    """The counties of the project whose applicants this user may enter: a bureau its own, the registrar all."""
    if not user.may(Permission.ENROLMENT_APPLY):
        return []
    counties = counties_of(project)
    if user.roles & ALL_APPLICANTS:
        return counties
    regions = regions_of(user)
    return [county for county in counties if any(county.code.startswith(stem_of(region)) for region in regions)]


def sees_all(user: User) -> bool:
    """Whether the counts of whole intakes are this person's business."""
    return bool(user.roles & ALL_APPLICANTS)


def can_change(user: User, applicant: Applicant) -> bool:
    """The registrar until registration; a bureau only until the school has decided."""
    if not user.may(Permission.ENROLMENT_APPLY):
        return False
    if user.roles & ALL_APPLICANTS:
        return applicant.status in OPEN
    return applicant.status is ApplicantStatus.APPLIED


def _comes_from(region: str) -> ColumnElement[bool]:
    return Applicant.county.startswith(stem_of(region), autoescape=True)
