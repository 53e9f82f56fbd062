"""How terms, programmes of study, courses and classes come into being and change."""

from exchange.programmes.service.classes import change_class, create_class
from exchange.programmes.service.homerooms import bring_up_to_date, name_homeroom_teacher, take_back_homeroom
from exchange.programmes.service.refusals import AlreadyThere, InUse, NotATeacher, OutOfRange, ReasonMissing
from exchange.programmes.service.studies import change_course, create_course, create_programme
from exchange.programmes.service.terms import change_term, create_term

__all__ = [
    "AlreadyThere",
    "InUse",
    "NotATeacher",
    "OutOfRange",
    "ReasonMissing",
    "bring_up_to_date",
    "change_class",
    "change_course",
    "change_term",
    "create_class",
    "create_course",
    "create_programme",
    "create_term",
    "name_homeroom_teacher",
    "take_back_homeroom",
]
