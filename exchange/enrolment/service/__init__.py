"""What can be done to applicants and to registrations. Functions change, flush and record; the request commits."""

from exchange.enrolment.service.applications import (
    AlreadyApplied,
    NotReadable,
    OutsideOfProject,
    change_applicant,
    enter_applicant,
    remove_applicants,
)
from exchange.enrolment.service.arrivals import (
    allow_delay,
    change_group,
    plan_group,
    take_back_word,
    tell_parents,
)
from exchange.enrolment.service.registration import record_documents
from exchange.enrolment.service.retention import forget_not_taken
from exchange.enrolment.service.status import Outcome, change_all, change_status
from exchange.enrolment.service.steps import ReasonMissing, TooEarly
from exchange.enrolment.service.terms import register_for_term, take_back_registration

__all__ = [
    "AlreadyApplied",
    "NotReadable",
    "Outcome",
    "OutsideOfProject",
    "ReasonMissing",
    "TooEarly",
    "allow_delay",
    "change_all",
    "change_applicant",
    "change_group",
    "change_status",
    "enter_applicant",
    "forget_not_taken",
    "plan_group",
    "record_documents",
    "register_for_term",
    "remove_applicants",
    "take_back_registration",
    "take_back_word",
    "tell_parents",
]
