"""How marks become a result: the formula, its special cases, and the one rounding.

Every mark is brought to percent of its maximum and counts with the weight of its assessment; weights sum to 100.

* Absent (缺考) counts 0.
* Exempt (免考) is left out; the other assessments share its weight in proportion. Exempt from all: no figure, passed.
* Deferred (缓考) or not entered: no result yet.
* The result is rounded once, at the end, half up to one decimal: 86.45 → 86.5. The class average likewise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.coursework.models import Special

FULL_WEIGHT = 100
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Part:
    """One assessment of one student."""

    weight: int
    maximum: int
    score: Decimal | None = None
    special: Special | None = None

    @property
    def is_missing(self) -> bool:
        return self.score is None and self.special is None

    @property
    def counted(self) -> Decimal:
        """The score that enters the formula."""
        return self.score or Decimal(0)


class ResultState(LabelledEnum):
    FINAL = "final", _("已有结果")
    INCOMPLETE = "incomplete", _("成绩未齐")
    DEFERRED = "deferred", _("等待缓考")
    EXEMPT = "exempt", _("免修")


@dataclass(frozen=True)
class Result:
    """What a student has in a course; a score from 0 to 100 only when the state is FINAL."""

    state: ResultState
    score: Decimal | None = None

    def has_passed(self, pass_score: int) -> bool:
        """Whether the course is done."""
        return self.state is ResultState.EXEMPT or (self.score is not None and self.score >= pass_score)


def weigh(parts: Sequence[Part]) -> Result:
    """The result of one student in one course."""
    if not parts or any(part.is_missing for part in parts):
        return Result(ResultState.INCOMPLETE)
    if any(part.special is Special.DEFERRED for part in parts):
        return Result(ResultState.DEFERRED)
    counted = [part for part in parts if part.special is not Special.EXEMPT]
    if not counted:
        return Result(ResultState.EXEMPT)
    total = sum((Fraction(part.counted) / part.maximum * part.weight for part in counted), Fraction(0))
    return Result(ResultState.FINAL, _round(total * FULL_WEIGHT / sum(part.weight for part in counted)))


def average(results: Iterable[Result]) -> Decimal | None:
    """The mean of the results that have a figure."""
    scores = [result.score for result in results if result.score is not None]
    return _round(Fraction(sum(scores)) / len(scores)) if scores else None


def formula(parts: Sequence[Part]) -> str:
    """The figures behind a result: ``(86÷100×40 + 9÷10×60) ÷ 100 × 100 = 88.4``; empty while there is none."""
    result = weigh(parts)
    if result.score is None:
        return ""
    counted = [part for part in parts if part.special is not Special.EXEMPT]
    terms = " + ".join(f"{plain(part.counted)}÷{part.maximum}×{part.weight}" for part in counted)
    weight = sum(part.weight for part in counted)
    if weight == FULL_WEIGHT:
        return f"{terms} = {plain(result.score)}"
    return f"({terms}) ÷ {weight} × {FULL_WEIGHT} = {plain(result.score)}"


def plain(value: Decimal) -> str:
    """A figure without superfluous zeros: 88, 86.5."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round(value: Fraction) -> Decimal:
    """Half up to one decimal, exactly: a Fraction knows no last binary digit."""
    tenths = Decimal((value * 20 + 1) // 2)  # floor(10 x + 1/2) without leaving whole numbers
    return (tenths / 10).quantize(TENTH, ROUND_HALF_UP)
