"""Reads of agreements: what is in force, who has signed, and who has not."""

from exchange.agreements.queries.batches import Batch, batches, members_of, start_of
from exchange.agreements.queries.signing import (
    PartyState,
    Standing,
    amendments_of,
    in_force,
    in_force_of,
    last_terms_of,
    links_of,
    newest_version,
    signed_days,
    standings,
    termination_of,
    versions_of,
)
from exchange.agreements.queries.waiting import waiting_for

__all__ = [
    "Batch",
    "PartyState",
    "Standing",
    "amendments_of",
    "batches",
    "in_force",
    "in_force_of",
    "last_terms_of",
    "links_of",
    "members_of",
    "newest_version",
    "signed_days",
    "standings",
    "start_of",
    "termination_of",
    "versions_of",
    "waiting_for",
]
