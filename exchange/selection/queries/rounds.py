"""Rounds in their order, what came out, and who is still in."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.partners.models import Post
from exchange.selection.models import (
    InternshipApplication,
    InternshipBatch,
    Opening,
    RoundDecision,
    RoundResult,
    SelectionRound,
)
from exchange.selection.queries.applications import applications_of

FULL = Decimal(100)


@dataclass(frozen=True)
class Standing:
    """Who is still in, after which rounds, and with how many points. Everything was read once."""

    rounds: Sequence[SelectionRound]
    results: dict[tuple[int, int], RoundResult]
    applications: Sequence[InternshipApplication]

    def decision(self, round_: SelectionRound, student_id: int) -> RoundDecision | None:
        result = self.results.get((round_.id, student_id))
        return result.decision if result else None

    def out_at(self, student_id: int, opening_id: int) -> SelectionRound | None:
        """The round after which the student is out for this opening."""
        stopped = self._stopped_at(student_id, opening_id, self.rounds)
        return stopped if stopped and self.decision(stopped, student_id) else None

    def waits_at(self, student_id: int, opening_id: int) -> SelectionRound | None:
        """The round whose outcome the student waits for, as far as this opening is concerned."""
        stopped = self._stopped_at(student_id, opening_id, self.rounds)
        return stopped if stopped and not self.decision(stopped, student_id) else None

    def is_through(self, student_id: int, opening_id: int) -> bool:
        """Whether the student has passed every round that leads to this opening."""
        return self._stopped_at(student_id, opening_id, self.rounds) is None

    def candidates(self, round_: SelectionRound) -> list[InternshipApplication]:
        """Who takes part in a round: whoever has passed all before it that lead to a chosen opening."""
        before = [each for each in self.rounds if (each.position, each.id) < (round_.position, round_.id)]
        return [
            application
            for application in self.applications
            if any(
                round_.concerns(opening_id) and self._stopped_at(application.student_id, opening_id, before) is None
                for opening_id in application.opening_ids
            )
        ]

    def points(self, student_id: int, opening_id: int) -> int:
        """The mean of the scores in tenths of a percent, each round by its weight; 0 where no score was given."""
        total, weights = Decimal(0), 0
        for round_ in self.rounds:
            result = self.results.get((round_.id, student_id))
            if result and result.score is not None and round_.maximum and round_.concerns(opening_id):
                total += result.score / round_.maximum * FULL * round_.weight
                weights += round_.weight
        return int(total * 10 / weights) if weights else 0

    def _stopped_at(self, student_id: int, opening_id: int, rounds: Sequence[SelectionRound]) -> SelectionRound | None:
        """The first round on the way to the opening that the student has not passed."""
        return next(
            (
                each
                for each in rounds
                if each.concerns(opening_id) and self.decision(each, student_id) is not RoundDecision.PASSED
            ),
            None,
        )


def rounds_of(batch: InternshipBatch) -> list[SelectionRound]:
    """The rounds of a batch in their order, each with its opening."""
    rows = (
        select(SelectionRound)
        .where(SelectionRound.batch_id == batch.id)
        .options(joinedload(SelectionRound.opening).joinedload(Opening.post).joinedload(Post.host_organisation))
    )
    return list(db.session.scalars(rows.order_by(SelectionRound.position, SelectionRound.id)))


def standing_of(batch: InternshipBatch) -> Standing:
    """Applications, rounds and results of a batch, in four statements however many there are."""
    rounds = rounds_of(batch)
    rows = select(RoundResult).where(RoundResult.round_id.in_([each.id for each in rounds]))
    results = {(each.round_id, each.student_id): each for each in db.session.scalars(rows)} if rounds else {}
    return Standing(rounds, results, applications_of(batch))
