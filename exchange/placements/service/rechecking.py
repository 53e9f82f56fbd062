"""The nightly re-check: what the law says today of every placement in preparation and of every running one.

Each is asked what its own page asks. What is found is kept in ``PlacementCheck``; whether that is a new problem is said
there. Checking again changes nothing and writes nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import delete, func, select, tuple_, update

from exchange.audit.service import record_all
from exchange.core.database import db, insert_all, now
from exchange.core.rules import Finding, Severity
from exchange.placements.events import PlacementEvent
from exchange.placements.facts import Facts
from exchange.placements.facts.values import Step
from exchange.placements.models import Placement, PlacementCheck
from exchange.placements.queries import ASKED, with_people, with_records
from exchange.placements.record_facts import facts_of_all, open_findings, step_of

PORTION = 250
NEW_TO_THE_LAW = frozenset({Severity.BLOCK, Severity.GATE, Severity.WARN})

Progress = Callable[[int, int], None]


@dataclass
class Recheck:
    """How many placements were asked, and in how many something broke or was mended since the last time."""

    checked: int = 0
    broke: int = 0
    mended: int = 0


class _Seen(NamedTuple):
    """What is kept of a placement: the number of the row, and what it says."""

    id: int
    step: Step
    found: list[str]
    broken: list[str]


class _Now(NamedTuple):
    """What is found today; ``broke`` and ``mended`` are the differences to the last time."""

    step: Step
    found: list[str]
    broken: list[str]
    broke: list[str]
    mended: list[str]


def recheck(progress: Progress | None = None) -> Recheck:
    """Ask every placement in preparation (START) and every running one (DAILY), portion by portion.

    ``progress`` is told after each portion and may commit it, so that neither memory nor the lock of SQLite grows with
    the school. What is kept of placements that are over is forgotten.
    """
    told = Recheck()
    asked = select(func.count()).select_from(Placement).where(Placement.status.in_(ASKED))
    total = db.session.scalar(asked) or 0
    for placements in _portions():
        _check(placements, told)
        if progress:
            progress(told.checked, max(told.checked, total))
    _forget_closed()
    return told


def _portions() -> Iterator[list[Placement]]:
    """Post by post: who works together shares the head counts and often the shifts."""
    rows = select(Placement).where(Placement.status.in_(ASKED)).order_by(Placement.post_id, Placement.id)
    rows = rows.options(*with_people(), *with_records()).limit(PORTION)
    last = (0, 0)
    while placements := list(db.session.scalars(rows.where(tuple_(Placement.post_id, Placement.id) > last))):
        last = (placements[-1].post_id, placements[-1].id)
        yield placements


def _check(placements: Sequence[Placement], told: Recheck) -> None:
    seen = _seen([each.id for each in placements])
    found = {each.id: _compared(each, codes, seen.get(each.id)) for each, codes in _findings(placements)}
    _keep(found, seen)
    _tell(PlacementEvent.BROKE, {number: each.broke for number, each in found.items()})
    _tell(PlacementEvent.MENDED, {number: each.mended for number, each in found.items()})
    told.checked += len(placements)
    told.broke += sum(bool(each.broke) for each in found.values())
    told.mended += sum(bool(each.mended) for each in found.values())


def _findings(placements: Sequence[Placement]) -> Iterator[tuple[Placement, list[Finding[Facts]]]]:
    """The open findings of each, as its page shows them."""
    for step in (Step.START, Step.DAILY):
        asked = [each for each in placements if step_of(each) is step]
        facts = facts_of_all(asked, step=step)
        for each in asked:
            yield each, open_findings(each, facts[each.id])


def _seen(placement_ids: Sequence[int]) -> dict[int, _Seen]:
    columns = (PlacementCheck.id, PlacementCheck.step, PlacementCheck.found, PlacementCheck.broken)
    rows = select(PlacementCheck.placement_id, *columns).where(PlacementCheck.placement_id.in_(placement_ids))
    return {row.placement_id: _Seen(row.id, row.step, row.found, row.broken) for row in db.session.execute(rows)}


def _compared(placement: Placement, findings: Sequence[Finding[Facts]], seen: _Seen | None) -> _Now:
    step, codes = step_of(placement), [each.rule.code for each in findings]
    counting = [each.rule.code for each in findings if each.rule.severity in NEW_TO_THE_LAW]
    if step is Step.DAILY:
        broken = counting  # who works has begun with nothing open
    else:
        known = set(codes) if seen is None else set(seen.found) - set(seen.broken)
        broken = [code for code in counting if code not in known]
    before = set(seen.broken) if seen else set()
    return _Now(step, codes, broken, [code for code in broken if code not in before], sorted(before - set(broken)))


def _keep(found: Mapping[int, _Now], seen: Mapping[int, _Seen]) -> None:
    """Write what is new or different; a placement that stands as before keeps its row and its day."""
    moment = now()
    new = [{"placement_id": number, **_row(each, moment)} for number, each in found.items() if number not in seen]
    insert_all(PlacementCheck, [{"created_at": moment, **row} for row in new])
    changed = [
        {"id": seen[number].id, **_row(each, moment)}
        for number, each in found.items()
        if number in seen and (each.step, each.found, each.broken) != seen[number][1:]
    ]
    if changed:
        db.session.execute(update(PlacementCheck), changed)


def _row(each: _Now, moment: Any) -> dict[str, Any]:
    kept = {"step": each.step, "found": each.found, "broken": each.broken}
    return kept | {"has_new": bool(each.broken), "checked_at": moment}


def _tell(event: PlacementEvent, rules: Mapping[int, list[str]]) -> None:
    record_all(event, Placement, [(number, {"rules": codes}) for number, codes in rules.items() if codes], by=None)


def _forget_closed() -> None:
    closed = select(Placement.id).where(Placement.status.not_in(ASKED))
    gone = delete(PlacementCheck).where(PlacementCheck.placement_id.in_(closed))
    db.session.execute(gone.execution_options(synchronize_session=False))
