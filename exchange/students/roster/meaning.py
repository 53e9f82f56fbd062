"""What a heading means: the field of a student or of somebody in the family."""

import re
from collections.abc import Iterable

from exchange.students.roster.columns import (
    BARE_GROUPS,
    MEMBER_HEADINGS,
    MEMBERS,
    NUMBER_OF_GROUP,
    RELATION_OF_GROUP,
    STUDENT_HEADINGS,
    comparable,
    without_brackets,
)

BOTH = re.compile("学生[及和与、]")  # 学生及家长信息 heads the columns of both
PARENTS, PARENT = "父母", "家长"


def meaning_of(heading: str, slots: dict[str, int]) -> tuple[str, str]:
    """The field of a heading and, for 父亲 and 母亲, the relation it implies; empty when it is not recognised."""
    whole = comparable(heading)
    for text in dict.fromkeys((whole, without_brackets(whole))):
        if text in STUDENT_HEADINGS:
            return STUDENT_HEADINGS[text], ""
        found = _member_meaning(text, slots)
        if found[0]:
            return found
    upper, slash, lower = whole.partition("/")
    if slash and (group := _family_in(upper)):
        return _member_meaning(f"{group}/{without_brackets(lower)}", slots)
    return (STUDENT_HEADINGS.get(lower) or STUDENT_HEADINGS.get(without_brackets(lower), ""), "") if slash else ("", "")


def _family_in(upper: str) -> str:
    """The group of an upper heading in words of its own, 家长(监护人) or 学生家长情况; empty for the student."""
    if BOTH.search(upper):
        return ""
    for text in (without_brackets(upper), upper):
        named = [group for group in (*NUMBER_OF_GROUP, *RELATION_OF_GROUP) if len(group) > 1 and group in text]
        if named or PARENTS in text:
            return max(named, key=len, default=PARENT)
    return ""


def _member_meaning(text: str, slots: dict[str, int]) -> tuple[str, str]:
    for group in _groups_of(text):
        rest = text[len(group) :].lstrip("/")
        inner = next(iter(_groups_of(rest)), "")
        if inner and rest != inner and group not in NUMBER_OF_GROUP and not RELATION_OF_GROUP[group]:
            return _member_meaning(rest, slots)  # 家长信息/父亲姓名: who it is stands below
        if inner and rest not in MEMBER_HEADINGS:
            rest = rest[len(inner) :] or rest  # 成员1/监护人姓名: who it is stands above
        name = MEMBER_HEADINGS.get(rest) or ("name" if not rest and group in BARE_GROUPS else None)
        if name:
            number = NUMBER_OF_GROUP.get(group) or _slot(group, slots)
            if number:
                return f"guardian{number}_{name}", RELATION_OF_GROUP.get(group, "")
    return "", ""


def _groups_of(text: str) -> Iterable[str]:
    known = [group for group in (*NUMBER_OF_GROUP, *RELATION_OF_GROUP) if text.startswith(group)]
    return sorted(known, key=len, reverse=True)


def _slot(group: str, slots: dict[str, int]) -> int | None:
    """The first kind of member that a head names is member 1, the next one member 2; a third has no place."""
    kind = RELATION_OF_GROUP[group]
    if kind not in slots and len(slots) < len(MEMBERS):
        slots[kind] = len(slots) + 1
    return slots.get(kind)


def beside_member(heading: str, before: str) -> str:
    """家长姓名, 联系电话: a second 联系电话 behind somebody of the family is theirs."""
    group, _, _field = before.partition("_")
    own = MEMBER_HEADINGS.get(without_brackets(comparable(heading)))
    return f"{group}_{own}" if own and group.startswith("guardian") else ""
