"""How terms, programmes of study, courses and classes come into being and change."""

from exchange.programmes.service.classes import change_class, create_class
from exchange.programmes.service.courses import change_planned, plan_course, remove_planned
from exchange.programmes.service.homerooms import bring_up_to_date, name_homeroom_teacher, take_back_homeroom
from exchange.programmes.service.refusals import (
    AlreadyThere,
    InUse,
    NotADraft,
    NotATeacher,
    OutOfRange,
    ReasonMissing,
)
from exchange.programmes.service.studies import create_programme
from exchange.programmes.service.terms import change_term, create_term
from exchange.programmes.service.versions import discard_version, draft_version, put_in_force

__all__ = [
    "AlreadyThere",
    "InUse",
    "NotADraft",
    "NotATeacher",
    "OutOfRange",
    "ReasonMissing",
    "bring_up_to_date",
    "change_class",
    "change_planned",
    "change_term",
    "create_class",
    "create_programme",
    "create_term",
    "discard_version",
    "draft_version",
    "name_homeroom_teacher",
    "plan_course",
    "put_in_force",
    "remove_planned",
    "take_back_homeroom",
]
