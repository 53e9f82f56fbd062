"""How a mark is written in a cell and read from one: 88, 86.5, 良好, 合格, 缺, 缓, 免, or nothing."""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.coursework.grading import plain
from exchange.coursework.models import Special
from exchange.coursework.scales import HUNDRED, Level, Measure

SIGNS = {Special.ABSENT: _("缺"), Special.DEFERRED: _("缓"), Special.EXEMPT: _("免")}
WORDS = {
    Special.ABSENT: {"缺", "缺考", "q", "a", "absent"},
    Special.DEFERRED: {"缓", "缓考", "h", "d", "deferred"},
    Special.EXEMPT: {"免", "免考", "免修", "m", "e", "exempt"},
}
SPECIALS = {word: special for special, words in WORDS.items() for word in words}
LEVEL_WORDS = {
    Level.EXCELLENT: {"优秀", "优", "y", "excellent"},
    Level.GOOD: {"良好", "良", "l", "good"},
    Level.FAIR: {"中等", "中", "z", "fair"},
    Level.PASS: {"及格", "及", "j", "pass"},
    Level.FAIL: {"不及格", "不", "b", "fail"},
    Level.PASSED: {"合格", "合", "g", "p", "pass", "passed"},
    Level.FAILED: {"不合格", "不", "b", "f", "fail", "failed"},
}
"""The letters are those of the words in pinyin, as far as the letters of 缺, 缓 and 免 leave them free."""


def level_words(measure: Measure) -> dict[str, str]:
    """What may be typed for the levels of a scale → how the level is written; nothing on a scale of figures."""
    levels = () if measure.has_figures else measure.points
    return {word: str(level.label) for level in levels for word in (*LEVEL_WORDS[level], str(level.label).lower())}


NUMBER = re.compile(r"-?\d{1,6}(\.\d+)?|-?\.\d+", re.ASCII)
LONGEST = 40


@dataclass(frozen=True)
class Value:
    """The content of a cell; ``level`` is how its score is written on a scale of levels."""

    score: Decimal | None = None
    special: Special | None = None
    level: Level | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        return self.score is None and self.special is None

    def __str__(self) -> str:
        if self.special is not None:
            return str(SIGNS[self.special])
        if self.level is not None:
            return str(self.level.label)
        return "" if self.score is None else plain(self.score)


EMPTY = Value()


class Unreadable(UsageProblem):
    """What was typed is no mark; the sentence says why."""


def stored_value(score: Decimal | None, special: Special | None, measure: Measure) -> Value:
    """The value of what is kept, written on its scale."""
    if score is None or measure.has_figures:
        return Value(score, special)
    return Value(score, special, measure.level_of(score))


def read(text: str, *, maximum: int, measure: Measure = HUNDRED) -> Value:
    """The mark that was typed; full-width figures are figures. Raises ``Unreadable``."""
    typed = unicodedata.normalize("NFKC", text).replace("。", ".").strip()
    if not typed:
        return EMPTY
    special = SPECIALS.get(typed.lower()) or _by_sign(typed)
    if special:
        return Value(special=special)
    return _read_figure(typed, maximum) if measure.has_figures else _read_level(typed, measure)


def _read_figure(typed: str, maximum: int) -> Value:
    if len(typed) > LONGEST or not NUMBER.fullmatch(typed):
        raise Unreadable(_("“%(text)s”不是成绩。填数字，或填 缺、缓、免。", text=typed[:LONGEST]))
    score = Decimal(typed)
    if not 0 <= score <= maximum:
        raise Unreadable(_("%(text)s 超出范围，这一项是 0 到 %(maximum)s 分。", text=typed, maximum=maximum))
    if score != round(score, 2):
        raise Unreadable(_("%(text)s 的小数太多，最多两位。", text=typed))
    return Value(score=round(score, 2))


def _read_level(typed: str, measure: Measure) -> Value:
    """A figure on a scale of levels is refused, not converted: nobody should wonder where it went."""
    for level in measure.points:
        if typed.lower() in LEVEL_WORDS[level] or typed.lower() == str(level.label).lower():
            return Value(measure.points_of(level), level=level)
    words = listed(level.label for level in measure.points)
    raise Unreadable(_("“%(text)s”不是等级。填 %(words)s，或填 缺、缓、免。", text=typed[:LONGEST], words=words))


def _by_sign(typed: str) -> Special | None:
    """The sign in the reader's own language."""
    return next((special for special, sign in SIGNS.items() if str(sign).lower() == typed.lower()), None)
