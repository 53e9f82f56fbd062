"""Who is expected when, who has come, and who is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.enrolment import policy
from exchange.enrolment.models import Applicant, ApplicantStatus, ArrivalGroup
from exchange.enrolment.queries import history
from exchange.partners.models import CooperationProject

MOST_DAYS = 12
MOST_SHOWN = 200
HERE = (ApplicantStatus.ARRIVED, ApplicantStatus.REGISTERED)
COMING = (ApplicantStatus.ADMITTED, ApplicantStatus.ARRIVED, ApplicantStatus.REGISTERED)


@dataclass(frozen=True)
class Board:
    """One day: the groups in the order of their arrival, each with its members; who is late whatever the day."""

    day: date
    days: list[date]
    groups: list[tuple[ArrivalGroup, list[Applicant]]]
    late: list[Applicant]

    @property
    def expected(self) -> int:
        return sum(len(members) for _group, members in self.groups)

    @property
    def here(self) -> int:
        return sum(member.arrived_at is not None for _group, members in self.groups for member in members)

    @property
    def silent(self) -> int:
        """Those who have come and whose parents do not know it yet."""
        everybody = [member for _group, members in self.groups for member in members]
        return sum(member.arrived_at is not None and member.parents_told_at is None for member in everybody)


def board(user: User, *, day: date | None, today: date) -> Board:
    """The board of a day; without one of today, else of the next day on which somebody comes, else of the last."""
    days = _days(user)
    if day is None:
        ahead = [each for each in days if each >= today]
        day = min(ahead) if ahead else max(days, default=today)
    members = _members(policy.visible_to(user).where(ArrivalGroup.arrives_on == day))
    groups: dict[int, tuple[ArrivalGroup, list[Applicant]]] = {}
    for member in members:
        if member.arrival_group:
            groups.setdefault(member.arrival_group.id, (member.arrival_group, []))[1].append(member)
    return Board(day, days, list(groups.values()), late(user, today=today))


@dataclass(frozen=True)
class PastRow:
    """Where one applicant stood at the end of a day."""

    applicant: Applicant
    is_here: bool
    is_late: bool
    is_told: bool


def past_board(user: User, *, day: date | None, on: date) -> tuple[Board, list[PastRow]]:
    """The board of a day of arrival as it stood at the end of ``on``, with who was late by then whatever the day."""
    present = board(user, day=day, today=on)
    due = policy.visible_to(user).outerjoin(Applicant.arrival_group).where(_expected_on() <= max(present.day, on))
    rows = due.options(contains_eager(Applicant.arrival_group), joinedload(Applicant.school_class))
    people = list(db.session.scalars(rows.order_by(_expected_on(), Applicant.id)))
    statuses, told = history.statuses_on(people, on), history.told_on(people, on)
    found = [
        PastRow(
            each,
            is_here=statuses[each.id] in HERE,
            is_late=statuses[each.id] is ApplicantStatus.ADMITTED and bool(each.expected_on and each.expected_on < on),
            is_told=each.id in told,
        )
        for each in people
        if statuses[each.id] in COMING
    ]
    return present, [row for row in found if row.is_late or _arrives(row.applicant, present.day)]


def _arrives(applicant: Applicant, day: date) -> bool:
    return applicant.arrival_group is not None and applicant.arrival_group.arrives_on == day


def late(user: User, *, today: date) -> list[Applicant]:
    """Who should be here and is not, the longest overdue first."""
    rows = policy.visible_to(user).outerjoin(Applicant.arrival_group).where(is_late(today))
    rows = rows.options(contains_eager(Applicant.arrival_group), joinedload(Applicant.school_class))
    return list(db.session.scalars(rows.order_by(_expected_on(), Applicant.id).limit(MOST_SHOWN)))


def is_late(today: date) -> ColumnElement[bool]:
    """Joined with the group: the day has passed and the applicant has not come."""
    return (Applicant.status == ApplicantStatus.ADMITTED) & (_expected_on() < today)


def group_members(group: ArrivalGroup, scope: Select[Applicant]) -> list[Applicant]:
    """The members of a group whom the scope shows."""
    return _members(scope.where(Applicant.arrival_group_id == group.id))


def groups_of(project: CooperationProject, year: int) -> list[tuple[ArrivalGroup, int]]:
    """The groups of an intake in the order of their arrival, and how many travel in each."""
    counted = (
        select(ArrivalGroup, func.count(Applicant.id))
        .outerjoin(Applicant, Applicant.arrival_group_id == ArrivalGroup.id)
        .where(ArrivalGroup.project_id == project.id, ArrivalGroup.intake_year == year)
        .group_by(ArrivalGroup.id)
        .order_by(ArrivalGroup.arrives_on, ArrivalGroup.arrives_at, ArrivalGroup.id)
    )
    return [(group, count) for group, count in db.session.execute(counted)]


def without_group(
    scope: Select[Applicant], project: CooperationProject, year: int, *, beside: ArrivalGroup | None = None
) -> Sequence[Applicant]:
    """Who is admitted and travels in no group yet, and the members of ``beside`` who have not come."""
    rows = scope.where(
        Applicant.project_id == project.id,
        Applicant.intake_year == year,
        Applicant.status == ApplicantStatus.ADMITTED,
        Applicant.arrival_group_id.is_(None) | (Applicant.arrival_group_id == (beside.id if beside else None)),
    )
    return list(db.session.scalars(rows.order_by(Applicant.county, Applicant.id)))


def _members(rows: Select[Applicant]) -> list[Applicant]:
    """Who has not come stands first."""
    found = (
        rows.join(Applicant.arrival_group)
        .where(Applicant.status.in_(COMING))
        .options(
            contains_eager(Applicant.arrival_group),
            joinedload(Applicant.school_class),
            joinedload(Applicant.parents_told_by),
        )
    )
    waits_first = Applicant.arrived_at.is_not(None)
    order = (ArrivalGroup.arrives_on, ArrivalGroup.arrives_at, ArrivalGroup.id, waits_first, Applicant.county)
    return list(db.session.scalars(found.order_by(*order, Applicant.id)).unique())


def _days(user: User) -> list[date]:
    """The last days on which groups come whose members the user sees."""
    seen = policy.visible_to(user).where(Applicant.status.in_(COMING)).with_only_columns(Applicant.arrival_group_id)
    days = select(ArrivalGroup.arrives_on).where(ArrivalGroup.id.in_(seen)).distinct()
    return sorted(db.session.scalars(days.order_by(ArrivalGroup.arrives_on.desc()).limit(MOST_DAYS)))


def _expected_on() -> ColumnElement[date]:
    return func.coalesce(Applicant.late_until, ArrivalGroup.arrives_on)
