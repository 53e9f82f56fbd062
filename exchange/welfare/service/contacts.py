"""Noting talks, calls and visits."""

from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.students.models import Student
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import ContactKind, ContactNote


class NotYet(DomainError):
    """A talk is noted when it has been held."""


def note_contact(
    student: Student,
    *,
    kind: ContactKind,
    held_on: date,
    with_whom: str,
    agreed: str,
    next_step: str = "",
    by: User | None,
) -> ContactNote:
    """Keep what was agreed; the trail learns only that there was a talk. Raises ``NotYet``."""
    if held_on > today():
        raise NotYet(_("这一天还没有到；谈过以后再记。"))
    if held_on.year < student.enrolled_on.year:
        raise NotYet(_("日期早于入学那一年，请看一看年份。"))
    note = ContactNote(
        student=student,
        kind=kind,
        held_on=held_on,
        with_whom=with_whom.strip(),
        agreed=agreed.strip(),
        next_step=next_step.strip() or None,
        noted_by_id=by.id if by else None,
    )
    db.session.add(note)
    record(WelfareEvent.CONTACT_NOTED, student, by=by, kind=kind.value, held_on=held_on.isoformat())
    return note
