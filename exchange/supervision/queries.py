"""When interns were last checked, which incidents are open, and what waits for whom."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from flask import url_for
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.counting import naming_few
from exchange.core.database import db, now, today
from exchange.core.i18n import _
from exchange.core.templating import format_moment
from exchange.partners.models import HostOrganisation
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.queries import WaitingRow, with_people
from exchange.reference.calendar import workdays_between
from exchange.students.models import Student
from exchange.supervision import policy
from exchange.supervision.limits import most_workdays
from exchange.supervision.models import DailyCheck, Incident

MOST = 5
LAST_CHECKS = 60


class Watched(NamedTuple):
    """One intern at work, the day of the last check, and the workdays that have passed without one."""

    placement: Placement
    last: date | None
    missed: int

    @property
    def is_overdue(self) -> bool:
        return self.missed > most_workdays(today())

    @property
    def is_done(self) -> bool:
        return self.last == today()


def watched(placements: Sequence[Placement]) -> list[Watched]:
    """How these interns are looked after; one statement for all of them."""
    rows = select(DailyCheck.placement_id, func.max(DailyCheck.day)).where(
        DailyCheck.placement_id.in_([each.id for each in placements])
    )
    last = dict(db.session.execute(rows.group_by(DailyCheck.placement_id)).all())
    return [_watched(each, last.get(each.id)) for each in placements]


def _watched(placement: Placement, last: date | None) -> Watched:
    """Today does not count yet."""
    since = last + timedelta(days=1) if last else placement.starts_on
    until = min(today() - timedelta(days=1), placement.ends_on)
    return Watched(placement, last, workdays_between(since, until) if since <= until else 0)


def by_host(scope: Select[Placement]) -> list[tuple[HostOrganisation, list[Watched]]]:
    """The interns at work, host by host; where somebody is overdue comes first."""
    rows = scope.where(Placement.status == PlacementStatus.ACTIVE).options(*with_people())
    found = watched(list(db.session.scalars(rows.order_by(Placement.post_id, Placement.id))))
    hosts: dict[HostOrganisation, list[Watched]] = {}
    for each in found:
        hosts.setdefault(each.placement.host, []).append(each)
    return sorted(hosts.items(), key=lambda item: -sum(each.is_overdue for each in item[1]))


def checks_of(placement: Placement) -> list[DailyCheck]:
    """The last checks, the newest first."""
    rows = select(DailyCheck).where(DailyCheck.placement_id == placement.id).options(joinedload(DailyCheck.checked_by))
    return list(db.session.scalars(rows.order_by(DailyCheck.day.desc()).limit(LAST_CHECKS)).unique())


def incidents_of(placement: Placement) -> list[Incident]:
    """The incidents of one internship, the newest first."""
    rows = select(Incident).where(Incident.placement_id == placement.id).order_by(Incident.occurred_at.desc())
    return list(db.session.scalars(rows.options(selectinload(Incident.steps))))


def ledger(scope: Select[Incident]) -> Select[Incident]:
    """Open incidents first, then the newest."""
    student = joinedload(Incident.placement).joinedload(Placement.student).joinedload(Student.school_class)
    rows = scope.options(student, selectinload(Incident.steps))
    return rows.order_by(Incident.closed_at.is_(None).desc(), Incident.occurred_at.desc(), Incident.id.desc())


def waiting_for(user: User) -> list[WaitingRow]:
    """Open incidents with the next that must be told; then whom nobody has checked."""
    if not user.roles & {Role.INSTRUCTOR, Role.INTERNSHIP_OFFICER, Role.PRINCIPAL}:
        return []
    rows = _open_incidents(user)
    return rows + (_overdue(user) if user.may(Permission.SUPERVISION_RECORD) else [])


def _open_incidents(user: User) -> list[WaitingRow]:
    scope = policy.incidents_readable_by(user).where(Incident.closed_at.is_(None))
    rows = scope.options(joinedload(Incident.placement).joinedload(Placement.student), joinedload(Incident.steps))
    return [_alarm(each) for each in db.session.scalars(rows.order_by(Incident.occurred_at).limit(MOST)).unique()]


def _alarm(incident: Incident) -> WaitingRow:
    title = _("%(name)s：%(what)s", name=incident.placement.student.name, what=incident.kind.label)
    url = url_for("supervision.incident", incident_id=incident.id)
    if not incident.open_steps:
        return WaitingRow(title, _("每一步都办了，可以办结"), url)
    step = incident.open_steps[0]
    until = incident.deadline(step)
    words = _("还没有：%(step)s，已经过了时限") if until < now() else _("还没有：%(step)s，%(moment)s 前")
    return WaitingRow(title, words % {"step": step.label, "moment": format_moment(until)}, url)


def _overdue(user: User) -> list[WaitingRow]:
    rows = policy.checked_by(user).options(joinedload(Placement.student)).order_by(Placement.id)
    found = [each for each in watched(list(db.session.scalars(rows))) if each.is_overdue]
    if not found:
        return []
    title = _("%(count)s 名实习学生超过一个工作日没有检查", count=len(found))
    detail = naming_few(found[0].placement.student.name, len(found), _("打个电话，一点就记下"))
    return [WaitingRow(title, detail, url_for("supervision.index"))]
