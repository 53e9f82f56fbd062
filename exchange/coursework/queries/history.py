"""Who changed a student's marks, when, from what to what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.audit.models import AuditEvent
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.coursework.models import Assessment, Mark


@dataclass(frozen=True)
class MarkChange:
    """One line of the trail in the words of the sheet."""

    created_at: datetime
    label: str
    actor: User | None
    reason: str | None
    details: str


def history_of(assessments: Sequence[Assessment], student_id: int) -> dict[int, list[MarkChange]]:
    """One student's changes by assessment, the newest first."""
    own = select(Mark.id, Mark.assessment_id).where(
        Mark.student_id == student_id, Mark.assessment_id.in_([assessment.id for assessment in assessments])
    )
    places = dict(db.session.execute(own).all())
    trail = (
        select(AuditEvent)
        .where(AuditEvent.subject_type == Mark.__tablename__, AuditEvent.subject_id.in_(places))
        .options(joinedload(AuditEvent.actor).options(lazyload(User.assignments)))
        .order_by(AuditEvent.id.desc())
    )
    history = defaultdict(list)
    for event in db.session.scalars(trail):
        history[places[event.subject_id]].append(_in_words(event))
    return history


def _in_words(event: AuditEvent) -> MarkChange:
    old, new = (event.changes or {}).get("value", ["", ""])
    blank = str(_("空白"))
    details = str(_("%(old)s → %(new)s", old=old or blank, new=new or blank))
    return MarkChange(event.created_at, event.label, event.actor, event.reason, details)
