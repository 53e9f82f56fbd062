"""What can be done to a placement. Functions change, flush and record; the request commits."""

from exchange.placements.service.planning import (
    InvalidPeriod,
    NotEnrolled,
    PlacementOverlap,
    amend_placement,
    change_placement,
    plan_placement,
    plan_placements,
)
from exchange.placements.service.rechecking import Recheck, recheck
from exchange.placements.service.records import (
    AGREEMENT_TEMPLATE,
    record_agreement,
    record_consent,
    record_declaration,
    record_filing,
    record_insurance,
    record_lodging,
    record_safety_test,
    record_training,
    take,
    void_signed,
)
from exchange.placements.service.status import ReasonMissing, TooEarly, change_status

__all__ = [
    "AGREEMENT_TEMPLATE",
    "InvalidPeriod",
    "NotEnrolled",
    "PlacementOverlap",
    "ReasonMissing",
    "Recheck",
    "TooEarly",
    "amend_placement",
    "change_placement",
    "change_status",
    "plan_placement",
    "plan_placements",
    "recheck",
    "record_agreement",
    "record_consent",
    "record_declaration",
    "record_filing",
    "record_insurance",
    "record_lodging",
    "record_safety_test",
    "record_training",
    "take",
    "void_signed",
]
