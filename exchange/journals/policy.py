"""Whose logs a user may write, read and answer. Roles stand in accounts/roles.py."""

from sqlalchemy import Select, false, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.journals.models import InternshipReport, WeeklyLog
from exchange.placements import policy as placements
from exchange.placements.models import Placement, PlacementStatus
from exchange.students.models import Student

RUNNING = (PlacementStatus.ACTIVE, PlacementStatus.ENDED, PlacementStatus.TERMINATED)


def of_family(user: User) -> Select[Placement]:
    """The internships of this student, or of the children this guardian answers for, once they have begun."""
    return placements.own(user).where(Placement.status.in_(RUNNING))


def written_by(user: User) -> Select[Placement]:
    """The internships whose logs this user writes: the own ones, nobody writes for somebody else."""
    own = select(Student.id).where(Student.user_id == user.id)
    return select(Placement).where(Placement.student_id.in_(own), Placement.status.in_(RUNNING))


def readable_by(user: User) -> Select[Placement]:
    """The internships of which this teacher or office reads."""
    if not user.may(Permission.JOURNAL_VIEW):
        return select(Placement).where(false())
    return placements.visible_to(user)


def reviewable_by(user: User) -> Select[Placement]:
    """The internships whose logs this user answers: the instructor's own; the internship office stands in."""
    if not user.may(Permission.JOURNAL_REVIEW):
        return select(Placement).where(false())
    scope = readable_by(user).where(Placement.status.in_(RUNNING))
    return scope if user.has(Role.INTERNSHIP_OFFICER) else scope.where(Placement.instructor_id == user.id)


def logs_reviewable_by(user: User) -> Select[WeeklyLog]:
    """The logs of these internships."""
    return select(WeeklyLog).where(WeeklyLog.placement_id.in_(reviewable_by(user).with_only_columns(Placement.id)))


def reports_reviewable_by(user: User) -> Select[InternshipReport]:
    """The reports of these internships."""
    ids = reviewable_by(user).with_only_columns(Placement.id)
    return select(InternshipReport).where(InternshipReport.placement_id.in_(ids))
