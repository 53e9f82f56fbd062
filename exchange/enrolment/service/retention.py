"""Forgetting those who were not taken, when their time is over."""

from typing import Any

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.enrolment.events import EnrolmentEvent
from exchange.enrolment.limits import forgotten_before
from exchange.enrolment.models import Applicant
from exchange.enrolment.workflow import NOT_TAKEN
from exchange.imports.service import forget_rows

NOBODY = "—"
SHEET = "applicants"  # the kind of import by which counties put people forward
EMPTIED: dict[str, Any] = {
    "name": NOBODY,
    "resident_id": None,
    "resident_id_index": None,
    "birth_date": None,
    "ethnicity": "",
    "phone": None,
    "guardian_name": "",
    "guardian_relation": "",
    "guardian_phone": None,
    "home_school": "",
    "wishes": "",
    "documents": [],
}
"""What names or describes the person; project, year, county, sex and status stay for the count."""


def forget_not_taken(*, by: User | None) -> int:
    """Empty the records of all who were turned down, gave up or did not come long enough ago; gives their number."""
    over = select(Applicant).where(
        Applicant.status.in_(NOT_TAKEN),
        Applicant.closed_on < forgotten_before(today()),
        Applicant.forgotten_at.is_(None),
    )
    applicants = list(db.session.scalars(over.order_by(Applicant.id)))
    for applicant in applicants:
        lock(applicant)
        for field, nothing in EMPTIED.items():
            setattr(applicant, field, nothing)
        applicant.forgotten_at = now()
        record(EnrolmentEvent.FORGOTTEN, applicant, by=by, closed_on=applicant.closed_on)
    forget_rows(SHEET, [applicant.id for applicant in applicants])
    return len(applicants)
