"""What follows from all sittings of a course: which one counts, with how much, and what comes next.

* A deferred sitting (缓考) belongs to the first one: its score stands in the place of every deferred assessment and is
  weighed like any other, without a cap.
* A make-up (补考) stands for the whole course and counts at most the cap, or the pass score where that is higher.
* A retake (重修) and a course recognised from a partner school (认定) count in full.
* The best of all counts; of equal ones the earliest. One more sitting never makes anything worse.
* Absent counts 0. Exempt from the whole course: passed, without a figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.coursework.grading import Part, Result, ResultState, weigh
from exchange.coursework.models import AttemptKind, Scale, Special

SETTINGS = DatedValues(Path(__file__).parent / "attempts.json")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sitting:
    """A later attempt as the rule sees it; without a score the student was absent."""

    kind: AttemptKind
    score: Decimal | None
    taken_on: date
    scale: Scale = Scale.HUNDRED

    @property
    def counted(self) -> Decimal:
        return self.score if self.score is not None else NOTHING


@dataclass(frozen=True)
class Terms:
    """What a pass takes in a course, and what a make-up is worth."""

    pass_score: int
    makeup_attempts: int
    makeup_cap_score: int

    @property
    def cap(self) -> int:
        """A make-up that is passed is never counted as failed."""
        return max(self.makeup_cap_score, self.pass_score)


@dataclass(frozen=True)
class Outcome:
    """The end of a course for one student, with the sittings as evidence.

    ``deciding`` is the later sitting that counts; without one the first does.
    """

    result: Result
    passed: bool
    first: Result
    deciding: Sitting | None
    sittings: tuple[Sitting, ...]
    next: AttemptKind | None
    makeups_left: int

    @property
    def is_failed(self) -> bool:
        """There is a figure and it does not suffice."""
        return self.result.state is ResultState.FINAL and not self.passed


def terms_of(pass_score: int, *, on: date | None) -> Terms:
    """The rules of a course in force on a day."""
    return Terms(
        pass_score,
        makeup_attempts=SETTINGS.number("makeup_attempts", on=on),
        makeup_cap_score=SETTINGS.number("makeup_cap_score", on=on),
    )


def outcome(first: Sequence[Part], attempts: Sequence[Sitting], terms: Terms) -> Outcome:
    """The outcome of a course; ``first`` are the parts of its sheet, empty where there is none."""
    sittings = tuple(sorted(attempts, key=lambda sitting: sitting.taken_on))
    own = weigh(sat_later(first, sittings))
    makeups = sum(sitting.kind is AttemptKind.MAKEUP for sitting in sittings)
    left = max(0, terms.makeup_attempts - makeups)
    result, deciding = own, None
    if own.state is not ResultState.EXEMPT:
        for sitting in sittings:
            if sitting.kind is AttemptKind.DEFERRED:
                continue
            counted = _counted(sitting, terms)
            if result.score is None or counted > result.score:
                result, deciding = Result(ResultState.FINAL, counted), sitting
    passed = result.has_passed(terms.pass_score)
    return Outcome(result, passed, own, deciding, sittings, _next(own, passed, left), left)


def sat_later(parts: Sequence[Part], sittings: Sequence[Sitting]) -> list[Part]:
    """The parts with the deferred ones as they were sat later, so far as they were."""
    sat = next((sitting for sitting in sittings if sitting.kind is AttemptKind.DEFERRED), None)
    if sat is None:
        return list(parts)
    return [
        replace(part, special=None, score=sat.counted, maximum=100) if part.special is Special.DEFERRED else part
        for part in parts
    ]


def _counted(sitting: Sitting, terms: Terms) -> Decimal:
    if sitting.kind is AttemptKind.MAKEUP:
        return min(sitting.counted, Decimal(terms.cap))
    return sitting.counted


def _next(own: Result, passed: bool, makeups_left: int) -> AttemptKind | None:
    """What the student has to sit now; an open first sitting is the teacher's business."""
    if passed or own.state is ResultState.INCOMPLETE:
        return None
    if own.state is ResultState.DEFERRED:
        return AttemptKind.DEFERRED
    return AttemptKind.MAKEUP if makeups_left else AttemptKind.RETAKE
