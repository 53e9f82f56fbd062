"""How far a batch has come: applied, round by round, proposed, published, in preparation."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select

from exchange.core.database import db
from exchange.core.i18n import _
from exchange.selection.models import (
    Appeal,
    AppealStatus,
    Assignment,
    InternshipApplication,
    InternshipBatch,
    Opening,
    Proposal,
    RoundDecision,
    SelectionRound,
)
from exchange.selection.queries.batches import number_of_candidates
from exchange.selection.queries.proposals import newest_proposal
from exchange.selection.queries.rounds import Standing


class RoundState(NamedTuple):
    """A round and how many take part, are decided, and have passed."""

    round: SelectionRound
    candidates: int
    decided: int
    passed: int


@dataclass(frozen=True)
class Pipeline:
    """The figures of the page of a batch."""

    students: int
    applied: int
    wanted: dict[int, int]  # opening → who has chosen it
    first: dict[int, int]  # opening → who has chosen it first
    rounds: list[RoundState]
    proposal: Proposal | None
    assigned: int
    unassigned: int
    taken_over: int
    appeals: int
    waiting_appeals: int


def pipeline_of(batch: InternshipBatch, standing: Standing, openings: Sequence[Opening]) -> Pipeline:
    """How far the batch has come."""
    proposal = newest_proposal(batch)
    assigned, unassigned, taken_over = _counts(proposal)
    appeals = _appeals(batch)
    choices = [choice for each in standing.applications for choice in each.choices]
    firsts = [choice for choice in choices if choice.rank == 1]
    return Pipeline(
        students=number_of_candidates(batch),
        applied=len(standing.applications),
        wanted={each.id: sum(choice.opening_id == each.id for choice in choices) for each in openings},
        first={each.id: sum(choice.opening_id == each.id for choice in firsts) for each in openings},
        rounds=[_state(each, standing) for each in standing.rounds],
        proposal=proposal,
        assigned=assigned,
        unassigned=unassigned,
        taken_over=taken_over,
        appeals=sum(appeals.values()),
        waiting_appeals=appeals.get(AppealStatus.PENDING, 0),
    )


def progress_of(application: InternshipApplication, standing: Standing, *, with_sensitive: bool) -> str:
    """Where the student stands in the rounds, for the list; a sensitive round is named to the office alone."""
    student_id = application.student_id
    if not standing.rounds or any(standing.is_through(student_id, each) for each in application.opening_ids):
        return str(_("进入分配")) if standing.rounds else ""
    waiting = [standing.waits_at(student_id, each) for each in application.opening_ids]
    if ahead := [each for each in waiting if each]:
        return str(_("等“%(round)s”", round=ahead[0].name)) if _named(ahead[0], with_sensitive) else str(_("选拔中"))
    out = [standing.out_at(student_id, each) for each in application.opening_ids]
    last = max((each for each in out if each), key=lambda each: (each.position, each.id))
    return str(_("“%(round)s”未通过", round=last.name)) if _named(last, with_sensitive) else str(_("没有进入分配"))


def _named(round_: SelectionRound, with_sensitive: bool) -> bool:
    return with_sensitive or not round_.is_sensitive


def _state(round_: SelectionRound, standing: Standing) -> RoundState:
    decisions = [standing.decision(round_, each.student_id) for each in standing.candidates(round_)]
    return RoundState(
        round_, len(decisions), sum(each is not None for each in decisions), decisions.count(RoundDecision.PASSED)
    )


def _counts(proposal: Proposal | None) -> tuple[int, int, int]:
    if proposal is None:
        return 0, 0, 0
    counted = select(
        func.count(Assignment.opening_id), func.count(Assignment.id), func.count(Assignment.placement_id)
    ).where(Assignment.proposal_id == proposal.id)
    assigned, all_of_them, taken_over = db.session.execute(counted).one()
    return assigned, all_of_them - assigned, taken_over


def _appeals(batch: InternshipBatch) -> dict[AppealStatus, int]:
    rows = select(Appeal.status, func.count(Appeal.id)).where(Appeal.batch_id == batch.id).group_by(Appeal.status)
    return {row[0]: row[1] for row in db.session.execute(rows)}
