"""Whose complaints a user may raise, read and settle. Roles stand in accounts/roles.py."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.complaints.models import Complaint
from exchange.partners.models import Post
from exchange.placements import policy as placements
from exchange.placements.models import Placement, PlacementStatus

RUNNING = (PlacementStatus.ACTIVE, PlacementStatus.ENDED, PlacementStatus.TERMINATED)
ALL_COMPLAINTS = {Role.INTERNSHIP_OFFICER, Role.PRINCIPAL}


def raisable_by(user: User) -> Select[Placement]:
    """The internships of this student, or of the children this guardian answers for."""
    return placements.own(user).where(Placement.status.in_(RUNNING))


def of_family(user: User) -> Select[Complaint]:
    """What this family has raised under its name."""
    own = placements.own(user).with_only_columns(Placement.id)
    return select(Complaint).where(Complaint.placement_id.in_(own))


def readable_by(user: User) -> Select[Complaint]:
    """The ledger: all for principal and office; for an instructor those of the own students, and what is said without a
    name of a host where they work.
    """
    complaints = select(Complaint)
    if not user.may(Permission.COMPLAINT_VIEW):
        return complaints.where(false())
    if user.roles & ALL_COMPLAINTS:
        return complaints
    scopes: list[ColumnElement[bool]] = []
    if user.has(Role.INSTRUCTOR):
        scopes += _of_instructor(user)
    return complaints.where(or_(*scopes) if scopes else false())


def settled_by(user: User) -> Select[Complaint]:
    """The complaints that this user deals with."""
    return readable_by(user) if user.may(Permission.COMPLAINT_SETTLE) else select(Complaint).where(false())


def _of_instructor(user: User) -> list[ColumnElement[bool]]:
    own = select(Placement.id).where(Placement.instructor_id == user.id)
    hosts = select(Post.host_organisation_id).join(Placement, Placement.post_id == Post.id)
    hosts = hosts.where(Placement.instructor_id == user.id, Placement.status == PlacementStatus.ACTIVE)
    nameless = and_(Complaint.placement_id.is_(None), Complaint.host_organisation_id.in_(hosts))
    return [Complaint.placement_id.in_(own), nameless]
