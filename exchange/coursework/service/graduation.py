"""Noting what only people know about somebody's graduation."""

from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock
from exchange.coursework.events import CourseworkEvent
from exchange.coursework.graduation.members import note_of
from exchange.coursework.graduation.models import GraduationNote
from exchange.students.models import Student

FIELDS = ("early_applied_on", "enlisted_on", "minor_programme", "dual_certificate")


def note_for_graduation(student: Student, *, by: User | None, **values: Any) -> GraduationNote:
    """Keep dates of application and enlistment, and what the diploma shall mention. What is unchanged is no line."""
    lock(student)
    note = note_of(student)
    if note is None:
        note = GraduationNote(student=student, minor_programme="", dual_certificate="")
        db.session.add(note)
    changes = {
        name: [getattr(note, name), values[name]]
        for name in FIELDS
        if name in values and (values[name] or None) != (getattr(note, name) or None)
    }
    for name, (_old, new) in changes.items():
        setattr(note, name, new)
    if changes:
        told: dict[str, Any] = {name: [str(old or ""), str(new or "")] for name, (old, new) in changes.items()}
        record(CourseworkEvent.GRADUATION_NOTED, student, by=by, **told)
    return note
