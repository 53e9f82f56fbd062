"""Reads of batches, applications, rounds and results."""

from exchange.selection.queries.applications import (
    application_of,
    applications_of,
    classmates_of,
    number_of_applications,
    numbers_of_applications,
    students_without_application,
)
from exchange.selection.queries.batches import (
    batches,
    candidates_of,
    classes_of,
    classes_to_offer,
    find_batch,
    openings_of,
)
from exchange.selection.queries.proposals import newest_proposal
from exchange.selection.queries.rounds import Standing, rounds_of, standing_of

__all__ = [
    "Standing",
    "application_of",
    "applications_of",
    "batches",
    "candidates_of",
    "classes_of",
    "classes_to_offer",
    "classmates_of",
    "find_batch",
    "newest_proposal",
    "number_of_applications",
    "numbers_of_applications",
    "openings_of",
    "rounds_of",
    "standing_of",
    "students_without_application",
]
