"""Deciding what happens with a difference; taking over writes the student's record."""

from collections.abc import Iterable
from typing import NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.registry.completeness import SENTENCES, doubt_about
from exchange.registry.events import RegistryEvent
from exchange.registry.models import Discrepancy
from exchange.registry.requirements import NATIONAL_NUMBER, taking_over
from exchange.registry.service.writing import write_cells, write_number
from exchange.registry.values import WHOLE_RECORD, Decision, DifferenceKind, DiscrepancyStatus, TakingOver

SHORTEST_REASON = 4
Is = DiscrepancyStatus


class ReasonMissing(DomainError):
    """Key data needs its proof, and leaving a difference alone needs a reason."""


class Decided(NamedTuple):
    """How many of several differences were decided, and why the others were not."""

    done: int
    refusals: list[str]


def decide(discrepancy: Discrepancy, decision: Decision, *, reason: str = "", by: User | None) -> None:
    """Decide one difference. Raises ``NotPossible``, ``ReasonMissing`` and what writing the record refuses."""
    lock(discrepancy)
    if discrepancy.status is Is.GONE:
        raise NotPossible(_("两边已经一致，不用再处理。"))
    reason = reason.strip()
    if decision is Decision.IGNORE and len(reason) < SHORTEST_REASON:
        raise ReasonMissing(_("不处理要写明理由。"))
    if decision is Decision.TAKE_OVER:
        _take_over(discrepancy, reason, by=by)
    discrepancy.status = Is.IGNORED if decision is Decision.IGNORE else Is.WAITING
    discrepancy.decision, discrepancy.reason = decision, reason or None
    discrepancy.decided_at, discrepancy.decided_by_id = now(), by.id if by else None
    record(
        RegistryEvent.DISCREPANCY_DECIDED,
        discrepancy,
        by=by,
        reason=reason,
        decision=decision.value,
        heading=discrepancy.heading,
    )


def decide_all(discrepancies: Iterable[Discrepancy], decision: Decision, *, reason: str = "", by: User) -> Decided:
    """Decide several alike; one that is refused stops none of the others. Key data is never taken over like this."""
    done, refusals = 0, []
    for each in discrepancies:
        try:
            if decision is Decision.TAKE_OVER and way_of_taking_over(each) is not TakingOver.PLAIN:
                raise NotPossible(_("%(heading)s要打开这一条，写明证明后再采用。", heading=heading_of(each)))
            with db.session.begin_nested():
                decide(each, decision, reason=reason, by=by)
        except DomainError as refusal:
            refusals.append(str(refusal))
        else:
            done += 1
    return Decided(done, refusals)


def way_of_taking_over(discrepancy: Discrepancy) -> TakingOver:
    """Whether the registry's value may come into our record, and how."""
    if discrepancy.kind in WHOLE_RECORD or discrepancy.student_id is None:
        return TakingOver.NEVER
    if discrepancy.heading != NATIONAL_NUMBER:
        return taking_over(discrepancy.heading)
    return TakingOver.PLAIN if not discrepancy.ours else TakingOver.PROOF


def heading_of(discrepancy: Discrepancy) -> str:
    """The column, or that it is about the whole record."""
    return discrepancy.heading or str(_("整条记录"))


def _take_over(discrepancy: Discrepancy, reason: str, *, by: User | None) -> None:
    way, heading = way_of_taking_over(discrepancy), discrepancy.heading
    if way is TakingOver.NEVER or discrepancy.student_id is None:
        raise NotPossible(_("%(heading)s不能在这里采用：班级和专业由异动单改。", heading=heading_of(discrepancy)))
    if way is TakingOver.PROOF and len(reason) < SHORTEST_REASON:
        raise ReasonMissing(_("%(heading)s是关键信息，写明凭什么证明改。", heading=heading))
    theirs = discrepancy.theirs or ""
    if heading == NATIONAL_NUMBER:
        _take_number(discrepancy, theirs, reason, by=by)
    else:
        write_cells(discrepancy.student_id, {heading: theirs}, by=by, discrepancy=discrepancy.id, proof=reason or None)


def _take_number(discrepancy: Discrepancy, number: str, reason: str, *, by: User | None) -> None:
    """A number that does not fit the resident ID is taken only with a reason."""
    student = discrepancy.student
    if not number or student is None:
        raise NotPossible(_("全国系统没有给出学籍号。"))
    if (sentence := doubt_about(number, student.resident_id)) and len(reason) < SHORTEST_REASON:
        raise ReasonMissing(str(SENTENCES[sentence]))
    write_number(student.id, number, by=by, discrepancy=discrepancy.id, proof=reason or None)


def suggestion(kind: DifferenceKind) -> Decision:
    """What is usually done: whoever moved is right."""
    takes_over = {DifferenceKind.NUMBER, DifferenceKind.ONLY_THEIRS}
    return Decision.TAKE_OVER if kind in takes_over else Decision.CORRECT_THERE
