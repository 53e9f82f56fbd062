"""What an applicant was on a day, folded from the trail: each step leaves a line with its moment."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from exchange.audit.models import AuditEvent
from exchange.core.database import db, end_of
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.workflow import APPLICANT_WORKFLOW

STATUS_AFTER = {
    EnrolmentEvent.APPLIED.value: ApplicantStatus.APPLIED,
    **{step.event.value: ApplicantStatus(step.target) for step in APPLICANT_WORKFLOW.transitions.values()},
}
"""Which status a line of the trail has begun."""
TOLD = {EnrolmentEvent.PARENTS_TOLD.value: True, EnrolmentEvent.PARENTS_NOT_TOLD.value: False}


def with_step(applicants: Select[*tuple[Any, ...]], day: date) -> Select[*tuple[Any, ...]]:
    """Who was entered by the end of the day, joined with the last step by then; none stands for applied."""
    moment = end_of(day)
    last = _last(STATUS_AFTER).where(AuditEvent.created_at < moment, AuditEvent.subject_id == Applicant.id)
    step = last.correlate(Applicant).scalar_subquery()
    return applicants.outerjoin(AuditEvent, AuditEvent.id == step).where(Applicant.created_at < moment)


def has_status(status: ApplicantStatus) -> ColumnElement[bool]:
    """Whether the step that ``with_step`` has joined has begun this status."""
    begun = AuditEvent.action.in_([action for action, after in STATUS_AFTER.items() if after is status])
    return or_(begun, AuditEvent.id.is_(None)) if status is ApplicantStatus.APPLIED else begun


def counted_on(applicants: Select[Applicant], *columns: Any, day: date) -> dict[Any, Counter[ApplicantStatus]]:
    """The values of the columns → status of the day → how many; one column is its own key."""
    rows = with_step(applicants.with_only_columns(*columns, AuditEvent.action, func.count(Applicant.id)), day)
    found: dict[Any, Counter[ApplicantStatus]] = {}
    for *key, action, count in db.session.execute(rows.group_by(*columns, AuditEvent.action)):
        status = STATUS_AFTER.get(action, ApplicantStatus.APPLIED)
        found.setdefault(key[0] if len(key) == 1 else tuple(key), Counter())[status] += count
    return found


def statuses_on(applicants: Collection[Applicant], day: date) -> dict[int, ApplicantStatus]:
    """Applicant → the status of the day."""
    lines = _lines(applicants, STATUS_AFTER, day)
    known = {applicant_id: STATUS_AFTER[action] for applicant_id, action in lines.items()}
    return {each.id: known.get(each.id, ApplicantStatus.APPLIED) for each in applicants}


def told_on(applicants: Collection[Applicant], day: date) -> set[int]:
    """Those of whom the parents knew by the end of the day."""
    return {applicant_id for applicant_id, action in _lines(applicants, TOLD, day).items() if TOLD[action]}


def _lines(applicants: Collection[Applicant], actions: Collection[str], day: date) -> dict[int, str]:
    last = _last(actions).where(
        AuditEvent.created_at < end_of(day), AuditEvent.subject_id.in_([each.id for each in applicants])
    )
    lines = select(AuditEvent.subject_id, AuditEvent.action)
    rows = db.session.execute(lines.where(AuditEvent.id.in_(last.group_by(AuditEvent.subject_id))))
    return dict(rows.all())


def _last(actions: Collection[str]) -> Select[int]:
    about = AuditEvent.subject_type == Applicant.__tablename__
    return select(func.max(AuditEvent.id)).where(about, AuditEvent.action.in_([*actions]))
