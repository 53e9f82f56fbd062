"""What features above keep of a placement: they tell it here as facts, and the rules hear it without knowing them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from exchange.placements.facts import Facts
from exchange.placements.facts.values import Step
from exchange.placements.models import Placement

Source = Callable[[Sequence[Placement]], Mapping[int, Mapping[str, Any]]]

_sources: list[tuple[Step, Source]] = []
AFTER = {
    Step.DAILY: (Step.DAILY,),
    Step.PAY: (Step.PAY,),
    Step.END: (Step.DAILY, Step.PAY, Step.END),
    Step.ARCHIVE: (Step.DAILY, Step.PAY, Step.END, Step.ARCHIVE),
}
"""Whose sources are heard once a placement has begun; until its first day only those of START speak."""


def add_source(step: Step, source: Source) -> None:
    """Let a feature tell facts that matter from this step on: placement id → fields of ``Facts`` with their values.

    A source answers for many placements with the same statements as for one; whom it leaves out has nothing recorded.
    """
    if (step, source) not in _sources:  # once, however many applications a process builds
        _sources.append((step, source))


def told(all_facts: Mapping[int, Facts], placements: Sequence[Placement], step: Step) -> dict[int, Facts]:
    """The facts with everything that the features above tell for this step."""
    completed = dict(all_facts)
    heard = {Step.START, *AFTER.get(step, ())}
    for since, source in _sources:
        if since not in heard:
            continue
        for placement_id, fields in source(placements).items():
            completed[placement_id] = replace(completed[placement_id], **fields)
    return completed
