"""Making a proposal of who goes where, and overriding it with a reason."""

from collections.abc import Sequence
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.selection import eligibility, queries, solver
from exchange.selection.eligibility import Obstacle, Pair
from exchange.selection.events import SelectionEvent
from exchange.selection.explanation import Grounds
from exchange.selection.models import Assignment, InternshipApplication, InternshipBatch, Opening, Proposal
from exchange.selection.queries.proposals import assignments_of, newest_proposal
from exchange.selection.queries.rounds import Standing
from exchange.selection.service.batches import take_unpublished
from exchange.students.models import Sex

LARGEST_SEED = 999_999


class NotThisProposal(DomainError):
    """There is nothing to propose yet, or a change that cannot stand."""


class ReasonMissing(DomainError):
    """Whoever changes what was proposed says why."""


def propose(batch: InternshipBatch, *, seed: int, by: User | None) -> Proposal:
    """Let the solver propose; the same seed on the same records gives the same answer.

    Raises ``NotPossible`` before the last day of application and after the publication, and ``NotThisProposal``.
    """
    take_unpublished(batch)
    if today() <= batch.applications_until:
        raise NotPossible(_("志愿 %(day)s截止，截止以后再分配。", day=format_short_date(batch.applications_until)))
    standing, openings = queries.standing_of(batch), queries.openings_of(batch)
    if not standing.applications:
        raise NotThisProposal(_("还没有人交志愿，没有什么可分配。"))
    obstacles = _obstacles(batch, standing.applications, openings)
    candidates = _candidates(standing, obstacles)
    result = solver.assign(solver.Problem(candidates, [_place(each) for each in openings], seed))
    proposal = Proposal(batch_id=batch.id, seed=seed, solver=solver.solver_name(), made_by_id=by.id if by else None)
    grounds = Grounds(standing, {each.id: each for each in openings}, obstacles, _pairs(candidates), result)
    proposal.assignments = [_assignment(each, result, grounds) for each in standing.applications]
    db.session.add(proposal)
    placed = sum(opening_id is not None for opening_id in result.values())
    record(SelectionEvent.PROPOSED, proposal, by=by, batch=batch.name, seed=seed, placed=placed, students=len(result))
    return proposal


def override(assignment: Assignment, opening: Opening | None, *, reason: str, by: User | None) -> None:
    """Send the student somewhere else, or nowhere. The law, places, beds and lost rounds stand above every reason.

    Raises ``ReasonMissing``, ``NotThisProposal`` and ``NotPossible``.
    """
    batch = assignment.proposal.batch
    lock(batch)
    lock(assignment)
    if not reason.strip():
        raise ReasonMissing(_("写明为什么改。学生和监护人会看到。"))
    newest = newest_proposal(batch)
    if newest is None or newest.id != assignment.proposal_id:
        raise NotPossible(_("后来又生成了新的分配。请在新的分配上改。"))
    if assignment.placement_id:
        raise NotPossible(_("已经转成实习安排，请在实习安排里改。"))
    if opening is not None:
        _check_may_go(batch, assignment, opening)
        _check_room(newest, assignment, opening)
    changes: dict[str, Any] = {"opening": [assignment.opening_id, opening.id if opening else None]}
    application = queries.application_of(batch, assignment.student)
    assignment.opening_id = opening.id if opening else None
    assignment.rank = application.rank_of(assignment.opening_id) if application else None
    assignment.reason, assignment.overridden_at = reason.strip(), now()
    assignment.overridden_by_id = by.id if by else None
    db.session.flush()
    db.session.expire(assignment, ["opening"])
    record(SelectionEvent.OVERRIDDEN, assignment, by=by, reason=reason.strip(), **changes)


def _obstacles(
    batch: InternshipBatch, applications: Sequence[InternshipApplication], openings: Sequence[Opening]
) -> dict[Pair, Obstacle]:
    offered = {each.id: each for each in openings}
    pairs = [
        (application.student, offered[opening_id])
        for application in applications
        for opening_id in application.opening_ids
        if opening_id in offered
    ]
    return eligibility.obstacles(batch, pairs)


def _candidates(standing: Standing, obstacles: dict[Pair, Obstacle]) -> list[solver.Candidate]:
    """Everybody who has applied. Who is out of everything keeps nobody else from going."""
    wishes = {each.student_id: tuple(_wishes(each, standing, obstacles)) for each in standing.applications}
    named = {each.student_id: each.companion_id for each in standing.applications if wishes[each.student_id]}
    return [
        solver.Candidate(
            id=each.student_id,
            sex=each.student.sex.value,
            wishes=wishes[each.student_id],
            companion_id=each.companion_id if named.get(each.companion_id or 0) == each.student_id else None,
        )
        for each in standing.applications
    ]


def _pairs(candidates: Sequence[solver.Candidate]) -> dict[int, int]:
    """Student → companion, where both have named each other."""
    return {each.id: each.companion_id for each in candidates if each.companion_id}


def _wishes(
    application: InternshipApplication, standing: Standing, obstacles: dict[Pair, Obstacle]
) -> list[solver.Wish]:
    """The choices that are open to the student after all rounds."""
    student_id = application.student_id
    return [
        solver.Wish(choice.opening_id, choice.rank, standing.points(student_id, choice.opening_id))
        for choice in application.choices
        if (student_id, choice.opening_id) not in obstacles and standing.is_through(student_id, choice.opening_id)
    ]


def _place(opening: Opening) -> solver.Place:
    beds = {sex.value: opening.beds_for(sex) for sex in Sex}
    return solver.Place(
        id=opening.id,
        host_id=opening.post.host_organisation_id,
        places=opening.places,
        beds={sex: number for sex, number in beds.items() if number is not None},
        in_company=opening.in_company,
    )


def _assignment(application: InternshipApplication, result: dict[int, int | None], grounds: Grounds) -> Assignment:
    opening_id = result[application.student_id]
    return Assignment(
        student_id=application.student_id,
        opening_id=opening_id,
        rank=application.rank_of(opening_id),
        grounds=grounds.of(application),
    )


def _check_may_go(batch: InternshipBatch, assignment: Assignment, opening: Opening) -> None:
    student = assignment.student
    if opening.batch_id != batch.id:
        raise NotThisProposal(_("这个岗位不在这个批次里。"))
    for obstacle in eligibility.obstacles(batch, [(student, opening)]).values():
        raise NotThisProposal(obstacle.sentence(student))
    standing = queries.standing_of(batch)
    if round_ := standing.out_at(student.id, opening.id) or standing.waits_at(student.id, opening.id):
        raise NotThisProposal(
            _("%(name)s没有通过“%(round)s”，不能去。先在那个环节改结果。", name=student.name, round=round_.name)
        )


def _check_room(proposal: Proposal, assignment: Assignment, opening: Opening) -> None:
    others = [each for each in assignments_of(proposal) if each.opening_id == opening.id and each.id != assignment.id]
    if len(others) >= opening.places:
        raise NotThisProposal(
            _(
                "“%(opening)s”的 %(count)s 个名额都有人了。先给其中一人换地方，或增加名额。",
                opening=opening.title,
                count=opening.places,
            )
        )
    sex = assignment.student.sex
    beds = opening.beds_for(sex)
    if beds is not None and sum(each.student.sex is sex for each in others) >= beds:
        raise NotThisProposal(_("“%(opening)s”给这个性别的床位都有人了。", opening=opening.title))
