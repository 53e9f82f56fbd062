"""Changing what was agreed, and ending it early. A change is signed anew; what ended early keeps why and from when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.agreements import queries
from exchange.agreements.events import AgreementEvent
from exchange.agreements.models import Amendment, Termination
from exchange.agreements.service.issuing import issue, terms_as_kept
from exchange.agreements.values import AmendmentKind, TerminationReason
from exchange.audit.service import record
from exchange.core.database import db, today
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.partners.models import Post
from exchange.placements import service as placements
from exchange.placements.models import Placement, PlacementStatus

KINDS: Mapping[str, AmendmentKind] = {
    "post_id": AmendmentKind.POST,
    "starts_on": AmendmentKind.DAYS,
    "ends_on": AmendmentKind.DAYS,
    "workplace": AmendmentKind.PLACE,
    "pay_amount": AmendmentKind.PAY,
    "pay_per": AmendmentKind.PAY,
    "working_time": AmendmentKind.WORKING_TIME,
    "rest": AmendmentKind.WORKING_TIME,
    "meals": AmendmentKind.BOARD_LODGING,
    "lodging": AmendmentKind.BOARD_LODGING,
}
"""What can be amended, and what the amendment is then about."""


def amend(
    placement: Placement, *, plan: Mapping[str, Any], terms: Mapping[str, Any], reason: str, decided_by: str, by: User
) -> Amendment:
    """Change plan and terms, void what was signed, and issue the next version for everybody to sign.

    ``plan`` may hold post_id, starts_on, ends_on and workplace. Raises ``NotPossible``, ``ItemMissing`` and what
    placements refuse.
    """
    placements.take(placement)
    versions = queries.versions_of(placement)
    if not versions:
        raise NotPossible(_("还没有出具过协议。先出具，再变更。"))
    kept = dict(max(versions, key=lambda each: each.id).terms)
    changes = _changes(placement, plan, kept, terms_as_kept(terms))
    if not changes:
        raise NotPossible(_("没有改动什么。"))
    _change_plan(placement, plan, reason=reason, by=by)
    issue(placement, kept | terms_as_kept(terms), by=by)
    amendment = Amendment(
        placement_id=placement.id,
        kinds=sorted({KINDS[name].value for name in changes}),
        changes=changes,
        reason=reason.strip(),
        decided_by=decided_by.strip(),
        recorded_by_id=by.id,
    )
    db.session.add(amendment)
    record(AgreementEvent.AMENDED, placement, by=by, reason=reason, kinds=amendment.kinds)
    return amendment


def terminate(
    placement: Placement,
    *,
    code: TerminationReason,
    last_day: date | None,
    asked_on: date | None,
    decided_by: str,
    note: str,
    next_step: str,
    by: User,
) -> Termination:
    """End it early. From the day after ``last_day`` on nothing is excused by it; who never began has no last day.

    Raises ``NotPossible``, ``InvalidTransition`` and what placements refuse.
    """
    placements.take(placement)
    has_begun = placement.status is PlacementStatus.ACTIVE
    if has_begun and last_day is None:
        raise NotPossible(_("写明最后一天上岗是哪天。"))
    if asked_on and asked_on > today():
        raise NotPossible(_("申请的日期还没有到。"))
    reason = f"{code.label}：{note.strip()}"
    placements.change_status(placement, "terminate", by=by, reason=reason, last_day=last_day if has_begun else None)
    ended = Termination(
        placement_id=placement.id,
        code=code,
        last_day=placement.left_on,
        asked_on=asked_on,
        decided_by=decided_by.strip(),
        note=note.strip(),
        next_step=next_step.strip(),
        recorded_by_id=by.id,
    )
    db.session.add(ended)
    record(AgreementEvent.TERMINATED, placement, by=by, code=code.value, last_day=placement.left_on)
    return ended


def _changes(
    placement: Placement, plan: Mapping[str, Any], kept: Mapping[str, str], terms: Mapping[str, str]
) -> dict[str, list[str]]:
    """Name → before and after, in words, of what is another now."""
    planned = {name: value for name, value in plan.items() if value != getattr(placement, name)}
    found = {name: [_words(name, getattr(placement, name)), _words(name, value)] for name, value in planned.items()}
    return found | {name: [kept.get(name, ""), value] for name, value in terms.items() if value != kept.get(name, "")}


def _words(name: str, value: Any) -> str:
    if name == "post_id":
        return db.session.get_one(Post, value).name
    return value.isoformat() if isinstance(value, date) else str(value)


def _change_plan(placement: Placement, plan: Mapping[str, Any], *, reason: str, by: User) -> None:
    if placement.status is PlacementStatus.ACTIVE:
        placements.amend_placement(placement, reason=reason, by=by, **plan)
    else:
        placements.change_placement(placement, by=by, **plan)
