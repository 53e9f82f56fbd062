"""Setting up rounds, and entering what came out of them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import DomainError
from exchange.core.i18n import _, listed
from exchange.selection import queries
from exchange.selection.events import SelectionEvent
from exchange.selection.models import InternshipBatch, Opening, RoundDecision, RoundResult, SelectionRound
from exchange.selection.queries.rounds import Standing
from exchange.selection.service.batches import take_unpublished
from exchange.students.models import Student

USUAL_ROUNDS: tuple[tuple[str, dict[str, Any]], ...] = (
    (_("推荐"), {}),
    (_("学校测试"), {"maximum": Decimal(100), "pass_score": Decimal(60)}),
    (_("单位面试"), {"maximum": Decimal(100), "pass_score": Decimal(60)}),
    (_("体检"), {"is_sensitive": True}),
    (_("政审"), {"is_sensitive": True}),
)


class NotThisRound(DomainError):
    """The round cannot be set up like this."""


class NotTheseResults(DomainError):
    """Results that cannot be right, or more passes than the quota allows."""


class Entry(NamedTuple):
    """What is entered for one student; None takes out what stood there."""

    score: Decimal | None = None
    decision: RoundDecision | None = None


def add_round(
    batch: InternshipBatch, *, name: str, opening: Opening | None = None, by: User | None, **values: Any
) -> SelectionRound:
    """Add a round after those that there are. Raises ``NotThisRound`` and ``NotPossible``."""
    take_unpublished(batch)
    rounds = queries.rounds_of(batch)
    _check(batch, opening, values)
    position = values.pop("position", None) or max((each.position for each in rounds), default=0) + 1
    round_ = SelectionRound(
        batch=batch, opening_id=opening.id if opening else None, name=name.strip(), position=position, **values
    )
    db.session.add(round_)
    record(SelectionEvent.ROUND_ADDED, round_, by=by, batch=batch.name, name=round_.name, position=position)
    return round_


def add_usual_rounds(batch: InternshipBatch, *, by: User | None) -> list[SelectionRound]:
    """The five rounds that most hosts ask for; each can be changed afterwards. Raises ``NotPossible``."""
    return [add_round(batch, name=str(name), by=by, **values) for name, values in USUAL_ROUNDS]


def change_round(round_: SelectionRound, *, opening: Opening | None, by: User | None, **values: Any) -> None:
    """Change how a round is held. Raises ``NotThisRound`` and ``NotPossible``."""
    take_unpublished(round_.batch)
    _check(round_.batch, opening, values)
    values["opening_id"] = opening.id if opening else None
    if values.get("is_sensitive") and _has_scores(round_):
        raise NotThisRound(_("这个环节已经录了分数。敏感环节只记通过或未通过：先清空分数，再改。"))
    changes: dict[str, Any] = {
        name: [getattr(round_, name), new] for name, new in values.items() if getattr(round_, name) != new
    }
    for name in changes:
        setattr(round_, name, values[name])
    if changes:
        record(SelectionEvent.ROUND_CHANGED, round_, by=by, **changes)


def enter_results(round_: SelectionRound, entries: Mapping[int, Entry], *, by: User | None) -> int:
    """Enter what came out, student by student; gives how many results changed.

    A score that reaches the pass mark decides by itself where nothing was decided. Raises ``NotTheseResults`` and
    ``NotPossible``.
    """
    take_unpublished(round_.batch)
    lock(round_)
    standing = queries.standing_of(round_.batch)
    taking_part = {each.student_id: each.student for each in standing.candidates(round_)}
    changes: dict[str, Any] = {}
    for student_id, entry in entries.items():
        if student_id not in taking_part:
            raise NotTheseResults(_("有学生不在这个环节里：名单变了。请刷新页面。"))
        student, decided = taking_part[student_id], _decided(round_, entry)
        _check_score(round_, student, decided.score)
        if change := _enter(round_, student, decided, standing, by):
            changes[student.student_no] = change
    _check_quota(round_, standing, taking_part)
    if changes:
        record(SelectionEvent.RESULTS_ENTERED, round_, by=by, **_told(round_, changes))
    return len(changes)


def _enter(
    round_: SelectionRound, student: Student, entry: Entry, standing: Standing, by: User | None
) -> list[Any] | None:
    """Write one result into the round; gives what was there and what is there now, if they differ."""
    result = standing.results.get((round_.id, student.id))
    former = Entry(result.score, result.decision) if result else Entry()
    if former == entry:
        return None
    if result is None:
        result = RoundResult(round_id=round_.id, student_id=student.id)
        db.session.add(result)
        standing.results[round_.id, student.id] = result
    result.score, result.sealed_decision = entry.score, entry.decision.value if entry.decision else None
    result.entered_at, result.entered_by_id = now(), by.id if by else None
    return [_written(former), _written(entry)]


def _decided(round_: SelectionRound, entry: Entry) -> Entry:
    if entry.decision or entry.score is None or round_.pass_score is None:
        return entry
    passed = entry.score >= round_.pass_score
    return entry._replace(decision=RoundDecision.PASSED if passed else RoundDecision.FAILED)


def _written(entry: Entry) -> str:
    parts = [None if entry.score is None else f"{entry.score.normalize():f}", entry.decision]
    return " ".join(str(part) for part in parts if part)


def _told(round_: SelectionRound, changes: dict[str, Any]) -> dict[str, Any]:
    """Of a medical or political round the trail says of whom something was entered, not what."""
    return {"students": sorted(changes)} if round_.is_sensitive else {"results": changes}


def _check(batch: InternshipBatch, opening: Opening | None, values: Mapping[str, Any]) -> None:
    if opening is not None and opening.batch_id != batch.id:
        raise NotThisRound(_("这个岗位不在这个批次里。"))
    maximum, pass_score = values.get("maximum"), values.get("pass_score")
    if values.get("is_sensitive") and maximum is not None:
        raise NotThisRound(_("体检、政审这样的环节只记通过或未通过，不打分：满分留空。"))
    if pass_score is not None and (maximum is None or pass_score > maximum):
        raise NotThisRound(_("合格线不能高于满分；不打分的环节不填合格线。"))


def _check_score(round_: SelectionRound, student: Student, score: Decimal | None) -> None:
    if score is None:
        return
    if round_.maximum is None:
        raise NotTheseResults(_("“%(round)s”不打分。", round=round_.name))
    if not 0 <= score <= round_.maximum:
        raise NotTheseResults(
            _(
                "%(name)s的分数要在 0 到 %(maximum)s 之间。",
                name=student.name,
                maximum=f"{round_.maximum.normalize():f}",
            )
        )


def _check_quota(round_: SelectionRound, standing: Standing, taking_part: Mapping[int, Student]) -> None:
    passed = [each for each in taking_part if standing.decision(round_, each) is RoundDecision.PASSED]
    if round_.quota is not None and len(passed) > round_.quota:
        raise NotTheseResults(
            _(
                "“%(round)s”最多通过 %(quota)s 人，现在是 %(count)s 人：%(names)s。",
                round=round_.name,
                quota=round_.quota,
                count=len(passed),
                names=listed(taking_part[each].name for each in passed),
            )
        )


def _has_scores(round_: SelectionRound) -> bool:
    standing = queries.standing_of(round_.batch)
    return any(key[0] == round_.id and each.score is not None for key, each in standing.results.items())
