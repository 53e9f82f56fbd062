"""What a request for a correction would change: the two values side by side, and where they differ."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from exchange.core.i18n import _
from exchange.core.masking import masked
from exchange.students.models import Correction, CorrectionField, Sex

OPEN = frozenset({CorrectionField.NAME, CorrectionField.SEX, CorrectionField.BIRTH_DATE})
"""What every page about a student shows whole; the other values are masked until somebody gives a reason."""


class Piece(NamedTuple):
    """A part of a value, and whether the other value differs there."""

    text: str
    differs: bool


class Comparison(NamedTuple):
    """Both values in pieces, and a sentence that tells no digit."""

    old: list[Piece]
    new: list[Piece]
    difference: str


def compared(correction: Correction, *, whole: bool = False) -> Comparison:
    """The values as they may be shown; ``whole`` after somebody has given a reason to see them."""
    old, new = _in_words(correction, correction.old_value), _in_words(correction, correction.new_value)
    difference = "" if correction.field is CorrectionField.SEX else _difference(old, new)
    if whole or correction.field in OPEN:
        return Comparison(*_pieces(old, new), difference)
    return Comparison([Piece(masked(old), False)], [Piece(masked(new), False)], difference)


def _in_words(correction: Correction, value: str) -> str:
    if correction.field is CorrectionField.SEX and value in set(Sex):
        return str(Sex(value).label)
    return value


def _pieces(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    left, right = [], []
    for tag, old_from, old_to, new_from, new_to in _steps(old, new):
        left.append(Piece(old[old_from:old_to], tag != "equal"))
        right.append(Piece(new[new_from:new_to], tag != "equal"))
    return [each for each in left if each.text], [each for each in right if each.text]


def _steps(old: str, new: str) -> Sequence[tuple[str, int, int, int, int]]:
    """Numbers of one length are compared place by place, anything else by what it has in common."""
    if len(old) != len(new):
        return SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    places = zip(range(len(old)), old, new, strict=True)
    return [("equal" if one == other else "replace", at, at + 1, at, at + 1) for at, one, other in places]


def _difference(old: str, new: str) -> str:
    if old == new:
        return _("两个值一样。")
    if not old:
        return _("现在没有登记。")
    if len(old) != len(new):
        return _("长短不同：现在 %(old)s 个字符，应该是 %(new)s 个。", old=len(old), new=len(new))
    places = [str(at) for at, (one, other) in enumerate(zip(old, new, strict=True), 1) if one != other]
    return _("共 %(count)s 个字符，不同的是第 %(places)s 个。", count=len(new), places=_("、").join(places))
