"""From what the reader of the roster found to the rows of an import."""

from collections.abc import Iterator
from typing import Any

from exchange.imports.importer import Note, ReviewedRow
from exchange.imports.models import Outcome
from exchange.students.importer.notes import note, stored, unfit
from exchange.students.known import DatabaseKnown
from exchange.students.members import meant_by, merged_members
from exchange.students.queries import guardians_by_id
from exchange.students.roster import ReviewedRow as RosterRow
from exchange.students.values import Values, person_of


def reviewed(rows: Iterator[RosterRow], known: DatabaseKnown) -> Iterator[ReviewedRow]:
    """Each row with its outcome; guardians are merged with those who are known, what no table can hold is refused."""
    for row in rows:
        notes = [stored(finding) for finding in row.findings]
        outcome, changes = Outcome(row.outcome.value), {field: list(pair) for field, pair in row.changes.items()}
        if outcome is Outcome.CHANGED and "guardians" in changes:
            outcome = _merge_guardians(row.values, changes)
        flaw = unfit(row.values) or _contradiction(row.values, changes, known)
        if outcome is not Outcome.REJECTED and flaw:
            outcome, changes = Outcome.REJECTED, {}
            notes.insert(0, flaw)
        yield ReviewedRow(row.number, outcome, row.values, changes, notes, row.written, row.sheet)


def _contradiction(values: dict[str, Any], changes: dict[str, Any], known: DatabaseKnown) -> Note | None:
    """A history begins with the enrolment; no sheet moves it from under the orders."""
    if "entry_month" in changes and known.has_history(values["resident_id"]):
        return note("entry_month", "record.has_history")
    return None


def _merge_guardians(values: dict[str, Any], changes: dict[str, Any]) -> Outcome:
    old, new = changes["guardians"]
    merged = merged_members(old or [], _with_what_is_known(old or [], new))
    values["guardians"] = merged
    if merged == (old or []):
        del changes["guardians"]
    else:
        changes["guardians"] = [old, merged]
    return Outcome.CHANGED if changes else Outcome.UNCHANGED


def _with_what_is_known(old: list[Values], new: list[Values]) -> list[Values]:
    """Who comes into the family and is known by resident ID already, of a sibling, brings along what is known."""
    places = meant_by(new, old)
    known = guardians_by_id(m.get("resident_id") for place, m in zip(places, new, strict=True) if place is None)
    return [
        {**person_of(known[member["resident_id"]]), **member}
        if place is None and member.get("resident_id") in known
        else member
        for place, member in zip(places, new, strict=True)
    ]
