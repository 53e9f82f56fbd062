"""The ethnic groups of GB/T 3304, found by name, code or letters."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from exchange.reference.tables import plain, several, table


@dataclass(frozen=True, slots=True)
class EthnicGroup:
    """``EthnicGroup("18", "DA", "傣族")``."""

    code: str
    letters: str
    name: str


def ethnic_groups() -> tuple[EthnicGroup, ...]:
    """All groups in the order of their codes."""
    return tuple(EthnicGroup(row["code"], row["letters"], row["name"]) for row in table("ethnic_groups"))


def find_ethnic_group(text: str) -> EthnicGroup | None:
    """A group by name with or without 族 (``傣``, ``傣族``), by number (``18``, ``1``) or by letters (``DA``)."""
    text = plain(text)
    return _index().get(text.zfill(2) if text.isdecimal() else text)


def nearest_ethnic_group(text: str) -> EthnicGroup | None:
    """The group that a misspelt name most probably means: ``僳僳族`` → ``傈僳族``."""
    wanted = plain(text).removesuffix("族")
    names = {group.name.removesuffix("族"): group for group in ethnic_groups()}
    close = get_close_matches(wanted, names, n=1, cutoff=0.5)
    return names[close[0]] if close else None


@cache
def _index() -> dict[str, EthnicGroup]:
    index: dict[str, EthnicGroup] = {}
    for group, row in zip(ethnic_groups(), table("ethnic_groups"), strict=True):
        names = (group.code, group.letters, group.name, group.name.removesuffix("族"), *several(row["synonyms"]))
        index |= {plain(name): group for name in names if name}
    return index
