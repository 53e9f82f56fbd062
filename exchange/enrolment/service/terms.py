"""Term registration (XJ-11): who has come back for the term. Only who studies here can be registered."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record, record_all
from exchange.core.database import db, lock, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.enrolment import queries
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.models import TermRegistration
from exchange.enrolment.service.steps import ReasonMissing
from exchange.programmes.models import Term
from exchange.students.models import Student, StudentStatus


class TermOutcome(NamedTuple):
    """Who is registered now, and who was refused with which sentence."""

    done: list[Student]
    refused: list[tuple[Student, str]]


def register_for_term(
    students: Sequence[Student], term: Term, *, by: User | None, on: date | None = None
) -> TermOutcome:
    """Register all who may be; who is registered already stays so. The term is locked: two taps are one."""
    lock(term)
    present = queries.registered([student.id for student in students], term)
    outcome = TermOutcome([], [])
    for student in students:
        if refusal := _refusal(student):
            outcome.refused.append((student, refusal))
        elif student.id not in present:
            outcome.done.append(student)
    day = on or today()
    db.session.add_all(
        TermRegistration(
            student_id=student.id, term_id=term.id, registered_on=day, registered_by_id=by.id if by else None
        )
        for student in outcome.done
    )
    told = {"school_year": term.school_year, "number": term.number, "registered_on": day.isoformat()}
    db.session.flush()
    record_all(EnrolmentEvent.TERM_REGISTERED, Student, [(student.id, told) for student in outcome.done], by=by)
    return outcome


def take_back_registration(student: Student, term: Term, *, reason: str, by: User | None) -> None:
    """The student is not here for this term after all. Raises ``ReasonMissing`` and ``NotPossible``."""
    if not reason.strip():
        raise ReasonMissing(_("写明理由。"))
    lock(term)
    registration = queries.registered([student.id], term).get(student.id)
    if registration is None:
        raise NotPossible(_("%(name)s这学期没有注册。", name=student.name))
    registered_on = registration.registered_on
    db.session.delete(registration)
    record(
        EnrolmentEvent.TERM_UNREGISTERED,
        student,
        by=by,
        reason=reason,
        school_year=term.school_year,
        number=term.number,
        registered_on=registered_on,
    )


def _refusal(student: Student) -> str:
    """Why the student cannot be registered, or nothing."""
    if student.status is StudentStatus.REGISTERED:
        return ""
    if student.status is StudentStatus.ON_LEAVE:
        return str(_("%(name)s正在休学，先办复学。", name=student.name))
    return str(_("%(name)s已不在籍（%(status)s），不能注册。", name=student.name, status=student.status.label))
