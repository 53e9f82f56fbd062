"""Reads of applicants, intakes, arrivals and registrations."""

from exchange.enrolment.queries.applicants import (
    applied_with,
    arrived_by_class,
    classes_of,
    is_taken,
    last_number,
    listed,
    newcomer_of,
    newcomers,
    registered_in,
    with_people,
)
from exchange.enrolment.queries.arrivals import (
    Board,
    PastRow,
    board,
    group_members,
    groups_of,
    late,
    past_board,
    without_group,
)
from exchange.enrolment.queries.history import statuses_on, told_on
from exchange.enrolment.queries.intakes import Intake, Seats, intakes, seats_of
from exchange.enrolment.queries.terms import ClassCount, class_counts, is_kept, members, registered, unregistered
from exchange.enrolment.queries.waiting import WaitingRow, waiting_for

__all__ = [
    "Board",
    "ClassCount",
    "Intake",
    "PastRow",
    "Seats",
    "WaitingRow",
    "applied_with",
    "arrived_by_class",
    "board",
    "class_counts",
    "classes_of",
    "group_members",
    "groups_of",
    "intakes",
    "is_kept",
    "is_taken",
    "last_number",
    "late",
    "listed",
    "members",
    "newcomer_of",
    "newcomers",
    "past_board",
    "registered",
    "registered_in",
    "seats_of",
    "statuses_on",
    "told_on",
    "unregistered",
    "waiting_for",
    "with_people",
    "without_group",
]
