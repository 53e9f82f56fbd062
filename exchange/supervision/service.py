"""Noting checks, reporting incidents and what was done. Functions change, flush and record; the request commits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _, listed
from exchange.placements.models import Placement
from exchange.supervision.events import SupervisionEvent
from exchange.supervision.models import DailyCheck, Incident, IncidentStep
from exchange.supervision.values import IncidentKind, Step, Way


def check(placements: Sequence[Placement], *, way: Way, notes: Mapping[int, str], by: User | None) -> None:
    """Note that these interns were looked after today; ``notes`` names who is not fine and why (article 23)."""
    for placement in placements:
        lock(placement)
    rows = select(DailyCheck).where(
        DailyCheck.day == today(), DailyCheck.placement_id.in_([each.id for each in placements])
    )
    kept = {each.placement_id: each for each in db.session.scalars(rows)}
    for placement in placements:
        found = kept.get(placement.id) or DailyCheck(placement=placement, day=today())
        note = notes.get(placement.id, "").strip() or None
        found.way, found.note, found.is_fine = way, note, note is None
        found.checked_by_id = by.id if by else None
        db.session.add(found)
        record(SupervisionEvent.CHECKED, found, by=by, day=found.day, way=way, is_fine=found.is_fine)


def report_incident(
    placement: Placement, *, kind: IncidentKind, occurred_at: datetime, situation: str, by: User | None
) -> Incident:
    """Report something grave at once; the clock runs from the moment it happened. Raises ``NotPossible``."""
    if occurred_at > now():
        raise NotPossible(_("发生的时间还没有到。"))
    if not situation.strip():
        raise NotPossible(_("写一写发生了什么。"))
    incident = Incident(
        placement=placement,
        kind=kind,
        occurred_at=occurred_at,
        situation=situation.strip(),
        reported_by_id=by.id if by else None,
        reported_at=now(),
    )
    db.session.add(incident)
    minutes = int((incident.reported_at - occurred_at).total_seconds() // 60)
    record(SupervisionEvent.INCIDENT_REPORTED, incident, by=by, kind=kind, minutes_after=minutes)
    return incident


def do_step(incident: Incident, step: Step, *, note: str = "", by: User | None) -> IncidentStep:
    """This was done now. Raises ``NotPossible`` where it is not asked for, or is done already."""
    lock(incident)
    if step not in incident.wanted or incident.closed_at:
        raise NotPossible(_("这件事不用办这一步，或已经办结。"))
    if incident.done(step):
        raise NotPossible(_("这一步已经记过了。"))
    done = IncidentStep(step=step, done_at=now(), note=note.strip() or None, done_by_id=by.id if by else None)
    incident.steps.append(done)
    record(SupervisionEvent.STEP_DONE, incident, by=by, step=step, in_time=done.done_at <= incident.deadline(step))
    return done


def close(incident: Incident, *, by: User | None) -> None:
    """Nothing is left to do. Raises ``NotPossible`` with what is (articles 23 and 36, INT-49)."""
    lock(incident)
    if incident.closed_at:
        raise NotPossible(_("这件事已经办结了。"))
    if incident.open_steps:
        missing = listed(step.label for step in incident.open_steps)
        raise NotPossible(_("还不能办结，没有办的：%(missing)s。", missing=missing))
    incident.closed_at, incident.closed_by_id = now(), by.id if by else None
    record(SupervisionEvent.INCIDENT_CLOSED, incident, by=by)
