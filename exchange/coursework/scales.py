"""The scales of marks and how they convert: points to level, level to points. The tables stand in ``scales.json``.

A mark is kept in points. On a scale of levels it is the points of the level that was chosen, so that the one formula of
``grading`` weighs every scale; the level of these points is always the level that was chosen.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.coursework.models import MarkSheet, Scale

TABLES = DatedValues(Path(__file__).parent / "scales.json")
HIGHEST = 100


class Level(LabelledEnum):
    """The words of the five levels and of pass and fail."""

    EXCELLENT = "excellent", _("优秀")
    GOOD = "good", _("良好")
    FAIR = "fair", _("中等")
    PASS = "pass", _("及格")
    FAIL = "fail", _("不及格")
    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")


@dataclass(frozen=True)
class Measure:
    """A scale with the tables in force on a day; the day of a sheet is the first of its term."""

    scale: Scale
    on: date | None = None

    @property
    def has_figures(self) -> bool:
        return self.scale is Scale.HUNDRED

    @cached_property
    def bounds(self) -> dict[Level, int]:
        """From how many points on a level holds, the best level first."""
        if self.scale is Scale.PASS_FAIL:
            return {Level.PASSED: TABLES.number("pass_score", on=self.on), Level.FAILED: 0}
        return _best_first(TABLES.table("five_levels_from", on=self.on))

    @cached_property
    def points(self) -> dict[Level, int]:
        """How many points a level counts in the formula."""
        name = "pass_fail_points" if self.scale is Scale.PASS_FAIL else "five_levels_points"
        return _best_first(TABLES.table(name, on=self.on))

    def level_of(self, score: Decimal) -> Level:
        """The level of so many points. A result is rounded before it is converted: 89.9 is not yet 90."""
        return next(level for level, bound in self.bounds.items() if score >= bound)

    def points_of(self, level: Level) -> Decimal:
        """The points of the level."""
        return Decimal(self.points[level])


HUNDRED = Measure(Scale.HUNDRED)


def measure_of(sheet: MarkSheet) -> Measure:
    """The scale of a sheet with the tables of its term."""
    return Measure(sheet.scale, sheet.term.starts_on)


def levels_note(on: date | None = None) -> str:
    """The conversion as papers print it, in Chinese: 90–100 优秀，80–89 良好 … 59 及以下不及格。"""
    steps, above = [], HIGHEST + 1
    for level, bound in Measure(Scale.HUNDRED, on).bounds.items():
        word = WORDS_ON_PAPER[level]
        steps.append(f"{bound}–{above - 1} {word}" if bound else f"{above - 1} 及以下{word}")
        above = bound
    return f"等级换算：{'，'.join(steps)}。"


WORDS_ON_PAPER = {
    Level.EXCELLENT: "优秀",
    Level.GOOD: "良好",
    Level.FAIR: "中等",
    Level.PASS: "及格",
    Level.FAIL: "不及格",
}
"""Papers are Chinese whatever the language of whoever issues them."""


def _best_first(table: dict[str, int]) -> dict[Level, int]:
    return {Level(name): points for name, points in sorted(table.items(), key=lambda item: -item[1])}
