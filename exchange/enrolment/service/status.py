"""Moving applicants along their workflow, one by one or many at once."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.enrolment.service import admission, arrivals, registration
from exchange.enrolment.service.steps import ReasonMissing, Step
from exchange.enrolment.workflow import APPLICANT_WORKFLOW, NOT_TAKEN

REASON_NEEDED = frozenset({"reject", "decline", "forfeit", "reconsider"})
EFFECTS: dict[str, Callable[[Applicant, Step], dict[str, Any]]] = {
    "admit": admission.admit,
    "arrive": arrivals.arrive,
    "undo-arrival": arrivals.undo_arrival,
    "forfeit": arrivals.forfeit,
    "register": registration.register,
}
"""What happens besides, and what may refuse; gives what the trail keeps of it."""


class Outcome(NamedTuple):
    """Who was moved on, and who was refused with which sentence."""

    done: list[Applicant]
    refused: list[tuple[Applicant, str]]


def change_status(
    applicant: Applicant, name: str, *, by: User | None, reason: str = "", on: date | None = None
) -> None:
    """Move the applicant along the workflow and record the step; ``on`` is its day, today unless another is given.

    Raises ``InvalidTransition``, ``ReasonMissing``, ``TooEarly`` and ``Unmet``.
    """
    lock(applicant)
    transition = APPLICANT_WORKFLOW.find(name, applicant.status)
    if name in REASON_NEEDED and not reason.strip():
        raise ReasonMissing(_("写明理由。"))
    step = Step(by, reason, on or today())
    told = EFFECTS[name](applicant, step) if name in EFFECTS else {}
    former, applicant.status = applicant.status, ApplicantStatus(transition.target.value)
    applicant.closed_on = step.on if applicant.status in NOT_TAKEN else None
    record(transition.event, applicant, by=by, reason=reason, status=[former, transition.target], **told)


def change_all(applicants: Iterable[Applicant], name: str, *, by: User | None, **details: Any) -> Outcome:
    """Take the same step for many: a refusal stops only the one whom it is about."""
    outcome = Outcome([], [])
    for applicant in applicants:
        try:
            with db.session.begin_nested():
                change_status(applicant, name, by=by, **details)
        except DomainError as refusal:
            outcome.refused.append((applicant, str(refusal)))
        else:
            outcome.done.append(applicant)
    return outcome
