"""What can be done to a batch. Functions change, flush and record; the request commits."""

from exchange.selection.service.applications import NotTheseChoices, apply, withdraw
from exchange.selection.service.batches import (
    NotThisBatch,
    NotThisOpening,
    add_opening,
    announce,
    change_batch,
    change_opening,
    create_batch,
)
from exchange.selection.service.proposals import LARGEST_SEED, NotThisProposal, ReasonMissing, override, propose
from exchange.selection.service.publication import (
    NotReady,
    NotThisAppeal,
    TakenOver,
    appeal,
    decide_appeal,
    publish,
    take_over,
)
from exchange.selection.service.rounds import (
    Entry,
    NotTheseResults,
    NotThisRound,
    add_round,
    add_usual_rounds,
    change_round,
    enter_results,
)

__all__ = [
    "LARGEST_SEED",
    "Entry",
    "NotReady",
    "NotTheseChoices",
    "NotTheseResults",
    "NotThisAppeal",
    "NotThisBatch",
    "NotThisOpening",
    "NotThisProposal",
    "NotThisRound",
    "ReasonMissing",
    "TakenOver",
    "add_opening",
    "add_round",
    "add_usual_rounds",
    "announce",
    "appeal",
    "apply",
    "change_batch",
    "change_opening",
    "change_round",
    "create_batch",
    "decide_appeal",
    "enter_results",
    "override",
    "propose",
    "publish",
    "take_over",
    "withdraw",
]
