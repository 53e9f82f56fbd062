"""Making the result public, appeals against it, and taking it over into placements."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _, listed
from exchange.core.templating import format_short_date
from exchange.placements import service as placements
from exchange.selection.events import SelectionEvent
from exchange.selection.models import Appeal, AppealStatus, Assignment, BatchStatus, InternshipBatch, Opening
from exchange.selection.queries.proposals import appeals_by, appeals_of, assignment_of, assignments_of, newest_proposal
from exchange.selection.workflow import APPEAL_WORKFLOW, BATCH_WORKFLOW
from exchange.students.models import Student


class NotReady(DomainError):
    """The result cannot be made public, or cannot be taken over, as it stands."""


class NotThisAppeal(DomainError):
    """An appeal that says nothing, or that waits already."""


class TakenOver(NamedTuple):
    """How many drafts of placements were made, and what was refused, in sentences."""

    drafted: int
    refusals: list[str]


def publish(batch: InternshipBatch, *, by: User | None) -> None:
    """Each family sees its own line from now on, and may appeal until the last day. Raises ``NotReady``."""
    lock(batch)
    step = BATCH_WORKFLOW.find("publish", batch.status)
    proposal = newest_proposal(batch)
    if proposal is None:
        raise NotReady(_("还没有分配。先生成分配建议，看过以后再公布。"))
    assignments = assignments_of(proposal)
    _check_company(assignments)
    batch.status, batch.published_at = BatchStatus.PUBLISHED, now()
    batch.appeals_until = today() + timedelta(days=batch.appeal_days)
    placed = sum(each.opening_id is not None for each in assignments)
    record(step.event, batch, by=by, placed=placed, students=len(assignments), appeals_until=batch.appeals_until)


def appeal(batch: InternshipBatch, student: Student, *, because: str, by: User) -> Appeal:
    """A family does not agree with its line. Raises ``NotPossible`` and ``NotThisAppeal``."""
    lock(student)  # two phones at the same moment make one appeal
    if batch.status is not BatchStatus.PUBLISHED or batch.appeals_until is None:
        raise NotPossible(_("结果还没有公布。"))
    if today() > batch.appeals_until:
        raise NotPossible(_("申诉 %(day)s已经截止。有困难找实习办。", day=format_short_date(batch.appeals_until)))
    if assignment_of(batch, student) is None:
        raise NotThisAppeal(_("%(name)s没有参加这个批次的分配。", name=student.name))
    if any(each.status is AppealStatus.PENDING for each in appeals_by(batch, student)):
        raise NotThisAppeal(_("已经有一件申诉在等学校答复。"))
    if not because.strip():
        raise NotThisAppeal(_("写一写为什么不同意。"))
    made = Appeal(batch_id=batch.id, student_id=student.id, because=because.strip(), made_by_id=by.id)
    db.session.add(made)
    record(SelectionEvent.APPEALED, made, by=by, student=student.student_no)
    return made


def decide_appeal(appeal: Appeal, step: str, *, reason: str, by: User) -> None:
    """Uphold or dismiss it; the family reads the reason. Raises ``NotThisAppeal``."""
    lock(appeal)
    transition = APPEAL_WORKFLOW.find(step, appeal.status)
    if not reason.strip():
        raise NotThisAppeal(_("写明理由，学生和监护人会看到。"))
    former, appeal.status = appeal.status, AppealStatus(transition.target.value)
    appeal.reason, appeal.decided_by_id, appeal.decided_at = reason.strip(), by.id, now()
    record(transition.event, appeal, by=by, status=[former, appeal.status])


def take_over(batch: InternshipBatch, *, by: User | None) -> TakenOver:
    """Draft placements of what was published; the approval follows where placements are approved.

    What one opening's plan refuses stops nobody of the others. Raises ``NotReady``.
    """
    lock(batch)
    _check_time_has_come(batch)
    proposal = newest_proposal(batch)
    waiting = [each for each in assignments_of(proposal) if each.opening and not each.placement_id] if proposal else []
    taken = TakenOver(0, [])
    for opening_id in sorted({each.opening_id for each in waiting if each.opening_id}):
        group = [each for each in waiting if each.opening_id == opening_id]
        taken = _take_over(batch, group, taken, by)
    if taken.drafted:
        record(SelectionEvent.TAKEN_OVER, batch, by=by, placements=taken.drafted)
    return taken


def lonely(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Who would be alone at a host to which nobody is sent alone."""
    at_host = Counter(each.opening.post.host_organisation_id for each in assignments if each.opening)
    return [
        each
        for each in assignments
        if each.opening and each.opening.in_company and at_host[each.opening.post.host_organisation_id] < 2
    ]


def _take_over(batch: InternshipBatch, group: list[Assignment], taken: TakenOver, by: User | None) -> TakenOver:
    opening = group[0].opening
    assert isinstance(opening, Opening)
    try:
        drafts = placements.plan_placements(
            [each.student for each in group],
            post=opening.post,
            starts_on=batch.starts_on,
            ends_on=batch.ends_on,
            by=by,
        )
    except DomainError as refusal:
        return TakenOver(taken.drafted, [*taken.refusals, f"{opening.title}：{refusal}"])
    db.session.flush()
    for assignment, draft in zip(group, drafts, strict=True):
        assignment.placement_id = draft.id
    return TakenOver(taken.drafted + len(drafts), taken.refusals)


def _check_company(assignments: Sequence[Assignment]) -> None:
    if alone := lonely(assignments):
        raise NotReady(
            _(
                "%(names)s会一个人在单位，而那里不单独派人。先改动分配。",
                names=listed(each.student.name for each in alone),
            )
        )


def _check_time_has_come(batch: InternshipBatch) -> None:
    if batch.status is not BatchStatus.PUBLISHED or batch.appeals_until is None:
        raise NotReady(_("结果公布、申诉期过了以后，才能转成实习安排。"))
    if today() <= batch.appeals_until:
        raise NotReady(_("申诉期到 %(day)s，过了以后才能转成实习安排。", day=format_short_date(batch.appeals_until)))
    if any(each.status is AppealStatus.PENDING for each in appeals_of(batch)):
        raise NotReady(_("还有申诉没有答复。答复以后再转成实习安排。"))
