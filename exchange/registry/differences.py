"""The three-way difference: what we hold now, what we last submitted, what the registry holds. Pure."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from exchange.registry.values import DifferenceKind

Cells = Mapping[str, str]
MEMBERS = ("成员1", "成员2")


class Difference(NamedTuple):
    """One column in which the two differ; ``submitted`` is None where nothing was ever sent."""

    heading: str
    kind: DifferenceKind
    ours: str
    submitted: str | None
    theirs: str


def differences(ours: Cells, submitted: Cells | None, theirs: Cells, headings: Iterable[str]) -> list[Difference]:
    """Every one of these columns in which ours and theirs differ; a column that is not filled is empty."""
    found = []
    for heading in headings:
        mine, base, other = ours.get(heading, ""), None, theirs.get(heading, "")
        if submitted is not None:
            base = submitted.get(heading, "")
        if kind := kind_of(mine, base, other):
            found.append(Difference(heading, kind, mine, base, other))
    return found


def kind_of(ours: str, submitted: str | None, theirs: str) -> DifferenceKind | None:
    """Who has moved since the last submission; none where both say the same now."""
    if ours == theirs:
        return None
    if submitted is None:
        return DifferenceKind.NO_BASE
    if ours == submitted:
        return DifferenceKind.ONLY_THEIRS
    return DifferenceKind.ONLY_OURS if theirs == submitted else DifferenceKind.BOTH


def number_difference(heading: str, ours: str, theirs: str) -> Difference | None:
    """Of the national student number, which the registry gives and we never submit."""
    if ours == theirs:
        return None
    kind = DifferenceKind.NO_BASE if ours else DifferenceKind.NUMBER
    return Difference(heading, kind, ours, None, theirs)


def aligned(theirs: Cells, ours: Cells) -> dict[str, str]:
    """Their cells with the two members of the family in our order: father first or mother first is no difference."""
    first, second = (f"{member}姓名" for member in MEMBERS)
    crossed = theirs.get(first) and theirs.get(first) == ours.get(second)
    straight = theirs.get(first) == ours.get(first)
    if straight or not (crossed or (theirs.get(second) and theirs.get(second) == ours.get(first))):
        return dict(theirs)
    return {_crossed(heading): cell for heading, cell in theirs.items()}


def _crossed(heading: str) -> str:
    one, other = MEMBERS
    if heading.startswith(one):
        return other + heading.removeprefix(one)
    return one + heading.removeprefix(other) if heading.startswith(other) else heading
