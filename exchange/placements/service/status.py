"""Moving a placement along its workflow. Nobody starts, by any way in, while the law still asks for something."""

from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.audit.service import record
from exchange.core.database import lock, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.rules import Finding, Severity, Unmet
from exchange.core.templating import format_short_date
from exchange.core.workflow import Transition
from exchange.placements import notifications
from exchange.placements.facts import Facts
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.record_facts import facts_of
from exchange.placements.service.planning import check_enrolment
from exchange.placements.service.records import take
from exchange.placements.workflow import PLACEMENT_WORKFLOW, possible_from

ENROLMENT_NEEDED = frozenset({"approve", "start"})
REASON_NEEDED = frozenset({"return", "terminate"})


class TooEarly(DomainError):
    """The day for this step has not come."""


class ReasonMissing(DomainError):
    """This step needs a reason in writing."""


def change_status(
    placement: Placement, name: str, *, by: User | None, reason: str = "", last_day: date | None = None
) -> None:
    """Move the placement along its workflow, if the rules and the calendar allow it, and record the step.

    Raises ``InvalidTransition``, ``NotEnrolled``, ``TooEarly``, ``ReasonMissing`` and ``Unmet``. A reason excuses
    warnings only where somebody entitled to approve gives it. ``last_day`` is that of an early end: today, if not said.
    """
    take(placement)
    lock(placement.post)
    lock(placement.host)
    transition = PLACEMENT_WORKFLOW.find(name, placement.status)
    if name in REASON_NEEDED and not reason.strip():
        raise ReasonMissing(_("写明理由。"))
    _check_day(placement, name)
    if name in ENROLMENT_NEEDED:
        check_enrolment(placement.student)
    excused = enforce(placement, transition, by=by, reason=reason)
    ended: dict[str, Any] = {"left_on": _leave(placement, last_day)} if name == "terminate" else {}

    former, placement.status = placement.status, PlacementStatus(transition.target.value)
    placement.excused = [] if transition.target is PlacementStatus.DRAFT else sorted({*placement.excused, *excused})
    record(
        transition.event, placement, by=by, reason=reason, status=[former, transition.target], excused=excused, **ended
    )
    if name == "approve":
        notifications.tell_of_approval(placement, by=by)


def _leave(placement: Placement, last_day: date | None) -> list[date | None]:
    """Set the last day of one that had begun; before and after. One that had not begun has none."""
    if placement.status is not PlacementStatus.ACTIVE:
        return [None, None]
    day = last_day or max(placement.starts_on, min(today(), placement.ends_on))
    if not placement.starts_on <= day <= placement.ends_on or (last_day and last_day > today()):
        raise NotPossible(_("最后一天要在实习期间，也不能在今天以后。"))
    placement.left_on = day
    return [None, day]


def _check_day(placement: Placement, name: str) -> None:
    day = possible_from(placement, name)
    if day is None or day <= today():
        return
    if name == "start":
        raise TooEarly(_("实习 %(day)s 才开始，不能提前上岗。", day=format_short_date(day)))
    raise TooEarly(_("实习到 %(day)s 才结束；提前离岗用“提前终止”。", day=format_short_date(day)))


def enforce(placement: Placement, transition: Transition, *, by: User | None, reason: str) -> list[str]:
    """Raise ``Unmet`` if anything stands in the way; the codes of the warnings that this reason excuses."""
    findings: list[Finding[Facts]] = transition.rules.findings(facts_of(placement))
    warnings = [each for each in findings if each.rule.severity is Severity.WARN]
    warnings = [each for each in warnings if each.rule.code not in placement.excused]
    may_excuse = bool(reason.strip()) and by is not None and by.may(Permission.PLACEMENT_APPROVE)
    in_the_way = [each for each in findings if each.is_demanding] + ([] if may_excuse else warnings)
    if in_the_way:
        raise Unmet(in_the_way)
    return [each.rule.code for each in warnings]
