"""Batches with their openings, what students apply for, rounds with results, the proposal and appeals."""

from exchange.selection.models.appeals import Appeal, AppealStatus
from exchange.selection.models.applications import Choice, InternshipApplication
from exchange.selection.models.batches import BatchClass, BatchStatus, InternshipBatch, Opening, OpeningClass
from exchange.selection.models.proposals import Assignment, Proposal
from exchange.selection.models.rounds import RoundDecision, RoundResult, SelectionRound

__all__ = [
    "Appeal",
    "AppealStatus",
    "Assignment",
    "BatchClass",
    "BatchStatus",
    "Choice",
    "InternshipApplication",
    "InternshipBatch",
    "Opening",
    "OpeningClass",
    "Proposal",
    "RoundDecision",
    "RoundResult",
    "SelectionRound",
]
