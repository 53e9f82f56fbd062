"""Admitting: within the county's quota, or beyond it with a written reason of somebody entitled."""

from typing import Any

from exchange.accounts.roles import Permission
from exchange.core.database import lock
from exchange.enrolment import queries
from exchange.enrolment.models import Applicant
from exchange.enrolment.rules import ADMISSION, Candidate
from exchange.enrolment.service.steps import Step


def admit(applicant: Applicant, step: Step) -> dict[str, Any]:
    """Take a place of the county's quota and give the admission number; a number once given stays.

    The project is locked, so that two people cannot both take the last place. Raises ``Unmet``.
    """
    lock(applicant.project)
    seats = queries.seats_of(applicant.project, applicant.intake_year)[applicant.county]
    may_exceed = step.by is not None and step.by.may(Permission.ENROLMENT_EXCEED)
    excused = ADMISSION.enforce(Candidate(seats.places, seats.admitted), reason=step.reason if may_exceed else "")
    applicant.admission_no = applicant.admission_no or _next_number(applicant)
    applicant.admitted_on = step.on
    return {
        "admission_no": applicant.admission_no,
        "place": [seats.admitted + 1, seats.places],
        "excused": [finding.rule.code for finding in excused],
    }


def _next_number(applicant: Applicant) -> str:
    """Year, project, serial: 202601001."""
    prefix = f"{applicant.intake_year}{applicant.project_id:02d}"
    return f"{prefix}{queries.last_number(prefix) + 1:03d}"
