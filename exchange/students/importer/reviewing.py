"""From what the reader of the roster found to the rows of an import."""

from collections.abc import Iterator
from typing import Any

from exchange.imports.importer import ReviewedRow
from exchange.imports.models import Outcome
from exchange.students.importer.notes import stored, unfit
from exchange.students.roster import ReviewedRow as RosterRow
from exchange.students.values import merged_members


def reviewed(rows: Iterator[RosterRow]) -> Iterator[ReviewedRow]:
    """Each row with its outcome; guardians are merged with those who are known, what no table can hold is refused."""
    for row in rows:
        notes = [stored(finding) for finding in row.findings]
        outcome, changes = Outcome(row.outcome.value), {field: list(pair) for field, pair in row.changes.items()}
        if outcome is Outcome.CHANGED and "guardians" in changes:
            outcome = _merge_guardians(row.values, changes)
        if outcome is not Outcome.REJECTED and (flaw := unfit(row.values)):
            outcome, changes = Outcome.REJECTED, {}
            notes.insert(0, flaw)
        yield ReviewedRow(row.number, outcome, row.values, changes, notes, row.written)


def _merge_guardians(values: dict[str, Any], changes: dict[str, Any]) -> Outcome:
    old, new = changes["guardians"]
    merged = merged_members(old or [], new)
    values["guardians"] = merged
    if merged == (old or []):
        del changes["guardians"]
    else:
        changes["guardians"] = [old, merged]
    return Outcome.CHANGED if changes else Outcome.UNCHANGED
