"""Whom a user checks, and whose incidents a user reads. Roles stand in accounts/roles.py."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.placements import policy as placements
from exchange.placements.models import Placement, PlacementStatus
from exchange.supervision.models import Incident


def readable_by(user: User) -> Select[Placement]:
    """The internships of which this teacher or office reads."""
    if not user.may(Permission.SUPERVISION_VIEW):
        return select(Placement).where(false())
    return placements.visible_to(user)


def checked_by(user: User) -> Select[Placement]:
    """The interns at work whom this user looks after: the instructor's own; the internship office stands in."""
    if not user.may(Permission.SUPERVISION_RECORD):
        return select(Placement).where(false())
    running = placements.visible_to(user).where(Placement.status == PlacementStatus.ACTIVE)
    return running if user.has(Role.INTERNSHIP_OFFICER) else running.where(Placement.instructor_id == user.id)


def incidents_readable_by(user: User) -> Select[Incident]:
    """The incidents of these internships."""
    return select(Incident).where(Incident.placement_id.in_(readable_by(user).with_only_columns(Placement.id)))


def incidents_handled_by(user: User) -> Select[Incident]:
    """Who looks after the intern deals with the incident, also when the internship is over."""
    if not user.may(Permission.SUPERVISION_RECORD):
        return select(Incident).where(false())
    scope = readable_by(user)
    if not user.has(Role.INTERNSHIP_OFFICER):
        scope = scope.where(Placement.instructor_id == user.id)
    return select(Incident).where(Incident.placement_id.in_(scope.with_only_columns(Placement.id)))
