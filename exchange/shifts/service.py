"""Drawing up shift plans and making them effective. What the law forbids never becomes effective, whoever asks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NoReturn

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, now
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.rules import Finding
from exchange.core.templating import format_short_date
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Shift
from exchange.placements.facts.values import Step
from exchange.placements.models import Placement, VoidReason
from exchange.placements.record_facts import facts_of
from exchange.placements.rules import DAILY
from exchange.placements.rules.working_time import minutes_of
from exchange.placements.service.records import take
from exchange.placements.workflow import OPEN
from exchange.shifts import queries
from exchange.shifts.events import ShiftEvent
from exchange.shifts.models import ShiftPlan

OF_SHIFTS = frozenset({"INT-30", "INT-31", "INT-32"})


class UnusableShifts(DomainError):
    """The shifts are none, not whole, twice on a day, or not within the days of the placement."""


class ForbiddenShifts(DomainError):
    """The law forbids what is planned; the sentence names student, day and article."""


def draft(placement: Placement, shifts: Iterable[Shift], *, by: User | None) -> ShiftPlan:
    """Keep these shifts as the draft; a former draft is void, the effective plan stays.

    Raises ``NotPossible`` once the placement is over, and ``UnusableShifts``.
    """
    _take_open(placement)
    plan = _keep(placement, shifts, by=by)
    record(ShiftEvent.DRAFTED, placement, by=by, days=len(plan.shifts))
    return plan


def change_day(placement: Placement, day: date, shift: Shift | None, *, by: User | None) -> ShiftPlan:
    """Another shift on this day, or none; without a draft the effective plan becomes one.

    Raises ``NotPossible``, ``UnusableShifts``.
    """
    _take_open(placement)
    base = current_of(placement)
    former = {each.date_: each for each in (base.shifts if base and base.fits(placement) else ())}
    changed = {on: each for on, each in former.items() if on != day} | ({day: shift} if shift else {})
    if base and base.is_draft and base.fits(placement):
        base.shifts = _checked(placement, changed.values())
    else:
        base = _keep(placement, changed.values(), by=by)
    words = [_words(former.get(day)), _words(shift)]
    record(ShiftEvent.DAY_CHANGED, placement, by=by, day=day.isoformat(), shift=words)
    return base


def make_effective(placements: Sequence[Placement], *, by: User | None) -> None:
    """Let the drafts of these placements count: all or, if one is refused, none.

    Raises ``NotPossible``, ``UnusableShifts`` and ``ForbiddenShifts`` (articles 17(2), 17(3) and Labour Law 38): there
    is no reason and no permission that gets around it, only a filing in advance.
    """
    drafts, refusals = {}, []
    for placement in placements:
        drafts[placement.id] = plan = _draft_of(placement)
        found = findings_of(placement, _checked(placement, plan.shifts))
        refusals += [f"{placement.student.name}：{each.as_sentence()}" for each in found]
    if refusals:
        raise ForbiddenShifts("\n".join(refusals))
    for placement in placements:
        _take_effect(placement, drafts[placement.id], by=by)


def discard(placement: Placement, *, by: User | None) -> None:
    """Give the draft up. Raises ``NotPossible`` where there is none."""
    _void([_draft_of(placement)])
    record(ShiftEvent.DISCARDED, placement, by=by)


def findings_of(placement: Placement, shifts: Sequence[Shift]) -> list[Finding[Facts]]:
    """What the law has against these shifts of this placement."""
    facts = replace(facts_of(placement, step=Step.DAILY), shifts=tuple(shifts))
    return [finding for finding in DAILY.findings(facts) if finding.rule.code in OF_SHIFTS]


def current_of(placement: Placement) -> ShiftPlan | None:
    """The draft, else the plan that is effective."""
    plans = queries.standing([placement.id], draft=True) or queries.standing([placement.id])
    return plans.get(placement.id)


def _take_open(placement: Placement) -> None:
    take(placement)
    if placement.status not in OPEN:
        raise NotPossible(_("%(name)s的实习已经结束，不能再排班。", name=placement.student.name))


def _draft_of(placement: Placement) -> ShiftPlan:
    _take_open(placement)
    plan = queries.standing([placement.id], draft=True).get(placement.id)
    if plan is None:
        raise NotPossible(_("%(name)s没有排班草稿。先排班，再生效。", name=placement.student.name))
    return plan


def _keep(placement: Placement, shifts: Iterable[Shift], *, by: User | None) -> ShiftPlan:
    """A new draft in the place of the former."""
    checked = _checked(placement, shifts)
    _void(queries.standing([placement.id], draft=True).values())
    plan = ShiftPlan(
        placement_id=placement.id,
        recorded_by_id=by.id if by else None,
        post_id=placement.post_id,
        first_on=placement.starts_on,
        last_on=placement.ends_on,
        shifts=checked,
    )
    db.session.add(plan)
    return plan


def _take_effect(placement: Placement, plan: ShiftPlan, *, by: User | None) -> None:
    _void(queries.standing([placement.id]).values())
    plan.post_id, plan.first_on, plan.last_on = placement.post_id, placement.starts_on, placement.ends_on
    plan.effective_at = now()
    record(ShiftEvent.MADE_EFFECTIVE, placement, by=by, days=len(plan.shifts), plan=plan.id)


def _void(plans: Iterable[ShiftPlan]) -> None:
    for plan in plans:
        plan.voided_at, plan.void_reason = now(), VoidReason.REPLACED
    db.session.flush()


def _checked(placement: Placement, shifts: Iterable[Shift]) -> tuple[Shift, ...]:
    """The shifts in the order of their days. Raises ``UnusableShifts``."""
    ordered = tuple(sorted(shifts, key=lambda each: each.date_ or date.min))
    if not ordered:
        raise UnusableShifts(_("一个班也没有。至少排一天。"))
    if any(None in (each.date_, each.start, each.end, each.break_minutes) for each in ordered):
        raise UnusableShifts(_("每个班都要有日期、上班、下班和休息的分钟数。"))
    for former, each in pairwise(ordered):
        if former.date_ == each.date_:
            _refuse(_("%(day)s 有两个班。写成一个班，中间的时间算休息。"), each)
    for each in ordered:
        if each.date_ and not placement.starts_on <= each.date_ <= placement.ends_on:
            _refuse(_("%(day)s 不在实习期间。"), each)
        if minutes_of(each).least <= 0:
            _refuse(_("%(day)s 的休息不比上班短。"), each)
    return ordered


def _refuse(sentence: str, shift: Shift) -> NoReturn:
    raise UnusableShifts(str(sentence) % {"day": format_short_date(shift.date_)})


def _words(shift: Shift | None) -> str | None:
    if shift is None or shift.start is None or shift.end is None:
        return None
    return f"{shift.start:%H:%M}–{shift.end:%H:%M} −{shift.break_minutes}"
