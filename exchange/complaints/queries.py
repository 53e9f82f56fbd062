"""The ledger of complaints, and what of it waits for whom."""

from datetime import date

from flask import url_for
from sqlalchemy import Select
from sqlalchemy.orm import joinedload

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.complaints import policy
from exchange.complaints.models import Complaint
from exchange.complaints.values import ComplaintKind, ComplaintStatus
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.models import HostOrganisation
from exchange.placements.models import Placement
from exchange.placements.queries import WaitingRow
from exchange.students.models import Student

MOST = 5


def with_people(rows: Select[Complaint]) -> Select[Complaint]:
    """Load the student and the host along."""
    student = joinedload(Complaint.placement).joinedload(Placement.student).joinedload(Student.school_class)
    return rows.options(student, joinedload(Complaint.host), joinedload(Complaint.owner))


def ledger(scope: Select[Complaint], *, show: str = "") -> Select[Complaint]:
    """What is open, the most urgent first; with ``show="all"`` everything, the newest first."""
    if show == "all":
        return with_people(scope).order_by(Complaint.id.desc())
    rows = scope.where(Complaint.status == ComplaintStatus.OPEN)
    return with_people(rows).order_by(Complaint.due_on, Complaint.id)


def of_family(user: User) -> list[Complaint]:
    """What this family has raised, the newest first."""
    rows = policy.of_family(user).options(joinedload(Complaint.host)).order_by(Complaint.id.desc())
    return list(db.session.scalars(rows))


def waiting_for(user: User) -> list[WaitingRow]:
    """Every open complaint that this user must know of, by name."""
    if not user.may(Permission.COMPLAINT_VIEW):
        return []
    rows = (
        policy.readable_by(user)
        .where(Complaint.status == ComplaintStatus.OPEN)
        .join(HostOrganisation, HostOrganisation.id == Complaint.host_organisation_id)
        .outerjoin(Placement, Placement.id == Complaint.placement_id)
        .outerjoin(Student, Student.id == Placement.student_id)
        .with_only_columns(Complaint.id, Complaint.kind, Complaint.due_on, HostOrganisation.name, Student.name)
        .order_by(Complaint.due_on, Complaint.id)
        .limit(MOST)
    )
    return [_row(*found) for found in db.session.execute(rows).all()]


def _row(number: int, kind: ComplaintKind, due_on: date, host: str, student: str | None) -> WaitingRow:
    who = student or _("不愿说名字的学生")
    title = _("%(who)s反映：%(what)s", who=who, what=kind.label)
    late = _("已经过了期限") if due_on < today() else _("%(day)s 前办好", day=format_short_date(due_on))
    return WaitingRow(title, f"{host} · {late}", url_for("complaints.show", complaint_id=number))
