"""Whether a comment is about the right student: comments are written class by class, and copied."""

from collections.abc import Collection

from exchange.core.i18n import _
from exchange.students.models import Sex

SHORTEST_GIVEN_NAME = 2  # one character alone is a word more often than a name
OTHER_PRONOUN = {Sex.FEMALE: "他", Sex.MALE: "她"}
NOT_ABOUT_ONE = ("他们", "她们", "其他", "他人", "他乡", "吉他")


def doubts(comment: str, *, name: str, sex: Sex, classmates: Collection[str]) -> list[str]:
    """Why the comment may be meant for somebody else, a sentence each: another name, the other pronoun.

    ``classmates`` are the names of the others in the class. A classmate's name that is part of the own is no doubt.
    """
    found = [
        str(_("写的是“%(other)s”，不是“%(name)s”。", other=other, name=name))
        for other in classmates
        if any(called in comment and called not in name for called in names_of(other))
    ]
    return found + _wrong_pronoun(comment, sex)


def names_of(name: str) -> set[str]:
    """How somebody may be called in a comment: by the whole name, or without the family name."""
    plain = name.replace(" ", "")
    given = plain.rpartition("·")[0] if "·" in plain else plain[1:]
    return {plain, given} if len(given) >= SHORTEST_GIVEN_NAME else {plain}


def _wrong_pronoun(comment: str, sex: Sex) -> list[str]:
    pronoun = OTHER_PRONOUN.get(sex)
    text = comment
    for word in NOT_ABOUT_ONE:
        text = text.replace(word, "")
    if not pronoun or pronoun not in text:
        return []
    return [str(_("写的是“%(pronoun)s”，这名学生是%(sex)s生。", pronoun=pronoun, sex=sex.label))]
