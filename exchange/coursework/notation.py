"""How a mark is written in a cell and read from one: 88, 86.5, 缺, 缓, 免, or nothing."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.coursework.grading import plain
from exchange.coursework.models import Special

SIGNS = {Special.ABSENT: _("缺"), Special.DEFERRED: _("缓"), Special.EXEMPT: _("免")}
WORDS = {
    Special.ABSENT: {"缺", "缺考", "q", "a", "absent"},
    Special.DEFERRED: {"缓", "缓考", "h", "d", "deferred"},
    Special.EXEMPT: {"免", "免考", "免修", "m", "e", "exempt"},
}
SPECIALS = {word: special for special, words in WORDS.items() for word in words}
NUMBER = re.compile(r"-?\d{1,6}(\.\d+)?|-?\.\d+", re.ASCII)
LONGEST = 40


@dataclass(frozen=True)
class Value:
    """The content of a cell."""

    score: Decimal | None = None
    special: Special | None = None

    @property
    def is_empty(self) -> bool:
        return self.score is None and self.special is None

    def __str__(self) -> str:
        if self.special is not None:
            return str(SIGNS[self.special])
        return "" if self.score is None else plain(self.score)


EMPTY = Value()


class Unreadable(UsageProblem):
    """What was typed is no mark; the sentence says why."""


def read(text: str, *, maximum: int) -> Value:
    """The mark that was typed; full-width figures are figures. Raises ``Unreadable``."""
    typed = unicodedata.normalize("NFKC", text).replace("。", ".").strip()
    if not typed:
        return EMPTY
    special = SPECIALS.get(typed.lower()) or _by_sign(typed)
    if special:
        return Value(special=special)
    if len(typed) > LONGEST or not NUMBER.fullmatch(typed):
        raise Unreadable(_("“%(text)s”不是成绩。填数字，或填 缺、缓、免。", text=typed[:LONGEST]))
    score = Decimal(typed)
    if not 0 <= score <= maximum:
        raise Unreadable(_("%(text)s 超出范围，这一项是 0 到 %(maximum)s 分。", text=typed, maximum=maximum))
    if score != round(score, 2):
        raise Unreadable(_("%(text)s 的小数太多，最多两位。", text=typed))
    return Value(score=round(score, 2))


def _by_sign(typed: str) -> Special | None:
    """The sign in the reader's own language."""
    return next((special for special, sign in SIGNS.items() if str(sign).lower() == typed.lower()), None)
