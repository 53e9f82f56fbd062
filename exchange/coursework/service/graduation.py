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


def note_for_graduation(student: Student, *, by: User | None, **values: Any) -> None:
    """Keep dates of application and enlistment, and what the diploma shall mention. What is unchanged is no line."""
    lock(student)
    note = note_of(student) or GraduationNote(student_id=student.id, minor_programme="", dual_certificate="")
    told: dict[str, Any] = {}
    for name in FIELDS:
        old, new = getattr(note, name), values.get(name, getattr(note, name))
        if (old or None) != (new or None):
            setattr(note, name, new)
            told[name] = [str(old or ""), str(new or "")]
    if told:
        db.session.add(note)
        record(CourseworkEvent.GRADUATION_NOTED, student, by=by, **told)
