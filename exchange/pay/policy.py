"""Whose pay a user may report and see. Roles stand in accounts/roles.py."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.pay.models import PayReceipt
from exchange.placements import policy as placements
from exchange.placements.models import Placement, PlacementStatus
from exchange.students.models import Student

RUNNING = (PlacementStatus.ACTIVE, PlacementStatus.ENDED, PlacementStatus.TERMINATED)


def of_family(user: User) -> Select[Placement]:
    """The internships of this student, or of the children this guardian answers for, once they have begun."""
    return placements.own(user).where(Placement.status.in_(RUNNING))


def reported_by(user: User) -> Select[Placement]:
    """Only the student says what came; pay may still come when the internship is over."""
    own = select(Student.id).where(Student.user_id == user.id)
    return select(Placement).where(Placement.student_id.in_(own), Placement.status.in_(RUNNING))


def withdrawable_by(user: User) -> Select[PayReceipt]:
    """Who reported takes back."""
    standing = select(PayReceipt).where(PayReceipt.withdrawn_at.is_(None))
    return standing.where(PayReceipt.placement_id.in_(reported_by(user).with_only_columns(Placement.id)))


def readable_by(user: User) -> Select[Placement]:
    """The internships whose pay this teacher or office watches."""
    if not user.may(Permission.PAY_VIEW):
        return select(Placement).where(false())
    return placements.visible_to(user)
