"""How a name is read: pinyin for search and order, initials for the finder. Surnames have readings of their own."""

import re
from collections.abc import Sequence
from functools import cache

SEPARATOR = "\u00b7"
# Surnames that a dictionary reads wrong. 召 and 覃 are common among Dai and Zhuang.
SURNAMES = {
    "曾": "zeng", "解": "xie", "仇": "qiu", "单": "shan", "查": "zha", "朴": "piao", "区": "ou", "覃": "qin",
    "召": "zhao", "盖": "ge", "尉": "wei", "乐": "yue", "任": "ren", "华": "hua", "缪": "miao", "宓": "mi",
    "纪": "ji", "冼": "xian", "员": "yun", "逄": "pang", "郇": "xun", "种": "chong", "燕": "yan", "翟": "zhai",
    "瞿": "qu", "那": "na", "卜": "bu", "訾": "zi", "哈": "ha", "隗": "wei", "折": "she", "黑": "he", "秘": "bi",
    "繁": "po", "祭": "zhai", "都": "du", "洗": "xian", "寸": "cun", "勒": "lei", "适": "kuo",
}  # fmt: skip
LONGEST = 200
DOUBLE_SURNAMES = {"单于", "尉迟"}  # read right as they stand
LETTERS = re.compile(r"[A-Za-züÜ]+")


def pinyin_of(name: str, written: str = "") -> str:
    """``刀玉兰`` → ``dao yu lan``. What the sheet writes counts where each syllable is a reading of its character."""
    characters = name.replace(SEPARATOR, "").replace(" ", "")
    syllables = _syllables(name)
    return " ".join(_as_written(characters, written) or syllables)[:LONGEST]


def initials_of(pinyin: str) -> str:
    """``dao yu lan`` → ``dyl``; a character that nobody can read has none."""
    return "".join(syllable[0] for syllable in pinyin.split() if syllable[0].isascii())


def searchable(text: str) -> str:
    """What somebody types for pinyin, in the form in which it is stored, without spaces and marks."""
    return "".join(LETTERS.findall(text.replace("'", ""))).lower().replace("ü", "v")


def _syllables(name: str) -> list[str]:
    from pypinyin import lazy_pinyin  # loads a dictionary of 40,000 entries, and only writing a name needs it

    syllables: list[str] = []
    for part in re.split(f"[{SEPARATOR}\\s]+", name):
        read = lazy_pinyin(part, errors=list)  # type: ignore[arg-type]  # one entry for each unknown character
        if not syllables and part[:1] in SURNAMES and part[:2] not in DOUBLE_SURNAMES:
            read[0] = SURNAMES[part[0]]
        syllables += [syllable.lower() for syllable in read]
    return syllables


def _as_written(characters: str, written: str) -> Sequence[str] | None:
    """The sheet's own pinyin, where it fits the name; many sheets carry that of the row above."""
    left = searchable(written)
    chosen: list[str] = []
    for place, character in enumerate(characters if left else ""):
        readings = {SURNAMES[character]} if place == 0 and character in SURNAMES else _readings(character)
        fitting = [reading for reading in readings if left.startswith(reading)]
        if not fitting:
            return None
        chosen.append(max(fitting, key=len))
        left = left[len(chosen[-1]) :]
    return chosen if chosen and not left else None


@cache
def _readings(character: str) -> frozenset[str]:
    from pypinyin import pinyin
    from pypinyin.constants import Style

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(reading.lower() for reading in found[0]) if found else frozenset()
