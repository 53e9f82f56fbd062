"""What a family sees of the batches of its student: the own line and nobody else's."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import db, today
from exchange.selection import policy
from exchange.selection.explanation import sentences
from exchange.selection.models import (
    Appeal,
    AppealStatus,
    Assignment,
    BatchStatus,
    InternshipApplication,
    InternshipBatch,
    Opening,
    RoundResult,
    SelectionRound,
)
from exchange.selection.queries.applications import application_of
from exchange.selection.queries.batches import batches, openings_of
from exchange.selection.queries.proposals import appeals_by, assignment_of
from exchange.selection.queries.rounds import rounds_of
from exchange.students.models import Student

MOST_BATCHES = 3


@dataclass(frozen=True)
class OwnBatch:
    """One batch as it stands for one student."""

    batch: InternshipBatch
    openings: Sequence[Opening]
    application: InternshipApplication | None
    rounds: Sequence[tuple[SelectionRound, RoundResult | None]] = ()
    assignment: Assignment | None = None
    why: Sequence[str] = ()
    appeals: Sequence[Appeal] = field(default=())

    @property
    def is_open(self) -> bool:
        """Whether choices may still be handed in or changed."""
        return self.batch.takes_applications(today())

    @property
    def may_appeal(self) -> bool:
        until = self.batch.appeals_until
        waits = any(each.status is AppealStatus.PENDING for each in self.appeals)
        return self.assignment is not None and until is not None and today() <= until and not waits

    @property
    def chosen(self) -> list[Opening]:
        """The student's choices in order."""
        offered = {opening.id: opening for opening in self.openings}
        ids = self.application.opening_ids if self.application else []
        return [offered[each] for each in ids if each in offered]


def own_batches(user: User, student: Student) -> list[OwnBatch]:
    """The newest batches of the student's class, as the student and the guardians see them."""
    found = batches(policy.batches_of_family(user)).limit(MOST_BATCHES)
    return [_own(batch, student) for batch in db.session.scalars(found) if student.school_class_id in batch.class_ids]


def _own(batch: InternshipBatch, student: Student) -> OwnBatch:
    openings, application = openings_of(batch), application_of(batch, student)
    if batch.status is not BatchStatus.PUBLISHED:
        return OwnBatch(batch, openings, application, _rounds(batch, student))
    assignment = assignment_of(batch, student)
    grounds = assignment.grounds if assignment and not assignment.reason else []
    return OwnBatch(
        batch,
        openings,
        application,
        _rounds(batch, student),
        assignment,
        sentences(grounds, {each.id: each for each in openings}),
        appeals_by(batch, student),
    )


def _rounds(batch: InternshipBatch, student: Student) -> list[tuple[SelectionRound, RoundResult | None]]:
    """The rounds in which something came out. What came out of a sensitive one is told in person."""
    rounds = {each.id: each for each in rounds_of(batch)}
    rows = select(RoundResult).where(RoundResult.student_id == student.id, RoundResult.round_id.in_(rounds))
    results = {each.round_id: each for each in db.session.scalars(rows)}
    return [(each, None if each.is_sensitive else results[each.id]) for each in rounds.values() if each.id in results]
