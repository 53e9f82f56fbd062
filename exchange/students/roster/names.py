"""Reads names: what the sheet writes is kept letter for letter, but for separators and spaces within Han names."""

import re
import unicodedata
from dataclasses import dataclass

SEPARATOR = "\u00b7"
LOOK_ALIKES = (
    "\u2022\u2027\u2219\u22c5\u30fb\uff65\uff0e\u0387\u2e31."  # first those that the ministries' notice knows
    "\u25cf\u3002\ufe52\ua78f\u1427\u16eb\u2e33"
)
# Assigned after this Python's Unicode tables were made or not: planes 2 and 3 hold nothing but ideographs.
HAN = (
    "\u3005\u3007\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # variation selectors belong to the ideograph before them
)
SEPARATORS = SEPARATOR + LOOK_ALIKES
BETWEEN_HAN = re.compile(f"(?<=[{HAN}])[{re.escape(SEPARATORS)}]+(?=[{HAN}])")
HAN_WITH_SPACES = re.compile(f"^[{HAN}{re.escape(SEPARATORS)}\\s]+$")
SPACES = re.compile(r"\s+")
FORBIDDEN_CATEGORIES = {"Nd", "No", "Ps", "Pe", "Pi", "Pf", "Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
APOSTROPHES = {"\u2018", "\u2019"}
LOST = "?？\ufffd□■〓#＃"  # what is left of a rare character that an encoding lacked, or of a formula: #REF!
HIDDEN = "*＊×○_＿"  # what stands for a hidden one: 岩*明
CODE = "<>＜＞=＝@＠+＋%％!！$/／\\＼|｜"
FORBIDDEN = set(LOST + HIDDEN + CODE)


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it will be stored, what was changed in it, and the characters that cannot stand in one."""

    text: str
    separator_normalised: bool = False
    spaces_removed: bool = False
    forbidden: str = ""


def read_name(written: str) -> Name:
    """The name in a cell. No normal form is applied: compatibility ideographs and every plane stay as they are.

    Between two parts of a Han name stands one U+00B7 and around it none; whatever else was typed there is told.
    """
    text = written.strip()
    is_han = HAN_WITH_SPACES.match(text)
    closed = SPACES.sub("", text) if is_han else text
    name = BETWEEN_HAN.sub(SEPARATOR, closed.strip(SEPARATORS) if is_han else closed)
    forbidden = "".join(dict.fromkeys(character for character in name if not _may_stand(character)))
    return Name(name, separator_normalised=name != closed, spaces_removed=closed != text, forbidden=forbidden)


def visible(characters: str) -> str:
    """Characters for a message: what cannot be seen is written as its number, ``U+200B``."""
    return "、".join(
        character
        if unicodedata.category(character)[0] in "NPS" and character != "\ufffd"
        else f"U+{ord(character):04X}"
        for character in characters
    )


def _may_stand(character: str) -> bool:
    if character in FORBIDDEN:
        return False
    return unicodedata.category(character) not in FORBIDDEN_CATEGORIES or character in APOSTROPHES
