"""Who changed which mark, when, from what to what, and why."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload, lazyload

from exchange.accounts.models import User
from exchange.audit.models import AuditEvent
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.models import Assessment, Mark, MarkSheet
from exchange.students.models import Student


@dataclass(frozen=True)
class MarkChange:
    """One line of the trail in the words of the sheet."""

    created_at: datetime
    label: str
    actor: User | None
    reason: str | None
    details: str


@dataclass(frozen=True)
class SheetChange(MarkChange):
    """The same in a list of a whole sheet, with the cell."""

    student_id: int
    student: str
    assessment_id: int
    assessment: str


def history_of(assessments: Sequence[Assessment], student_id: int) -> dict[int, list[MarkChange]]:
    """One student's changes by assessment, the newest first."""
    own = select(Mark.id, Mark.assessment_id).where(
        Mark.student_id == student_id, Mark.assessment_id.in_([assessment.id for assessment in assessments])
    )
    places = dict(db.session.execute(own).all())
    trail = _with_actor(
        select(AuditEvent).where(AuditEvent.subject_type == Mark.__tablename__, AuditEvent.subject_id.in_(places))
    )
    history = defaultdict(list)
    for event in db.session.scalars(trail):
        history[places[event.subject_id]].append(MarkChange(*_in_words(event)))
    return history


def changes_on(sheet: MarkSheet) -> Select[AuditEvent]:
    """The lines of the trail about marks of the sheet that were changed after they stood there, the newest first."""
    marks = select(Mark.id).join(Assessment).where(Assessment.sheet_id == sheet.id)
    was_changed = or_(AuditEvent.action == CourseworkEvent.MARK_CHANGED.value, AuditEvent.reason.is_not(None))
    about_marks = and_(AuditEvent.subject_type == Mark.__tablename__, AuditEvent.subject_id.in_(marks))
    return _with_actor(select(AuditEvent).where(about_marks, was_changed))


def tell_changes(events: Sequence[AuditEvent]) -> list[SheetChange]:
    """These lines with the cells they are about."""
    cells = (
        select(Mark.id, Student.id, Student.name, Assessment.id, Assessment.name)
        .join(Student, Student.id == Mark.student_id)
        .join(Assessment, Assessment.id == Mark.assessment_id)
        .where(Mark.id.in_({event.subject_id for event in events}))
    )
    places = {row[0]: (row[1], row[2], row[3], row[4]) for row in db.session.execute(cells)}
    return [SheetChange(*_in_words(event), *places[event.subject_id]) for event in events]


def _with_actor(trail: Select[AuditEvent]) -> Select[AuditEvent]:
    actor = joinedload(AuditEvent.actor).options(lazyload(User.assignments))
    return trail.options(actor).order_by(AuditEvent.id.desc())


def _in_words(event: AuditEvent) -> tuple[datetime, str, User | None, str | None, str]:
    old, new = (event.changes or {}).get("value", ["", ""])
    blank = str(_("空白"))
    details = str(_("%(old)s → %(new)s", old=old or blank, new=new or blank))
    return event.created_at, event.label, event.actor, event.reason, details
