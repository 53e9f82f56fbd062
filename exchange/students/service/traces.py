"""What a sheet has changed in a family beyond what it says, so that an undo restores exactly what was before.

A trace is plain JSON and is kept with the row of the import: who came, who went, and old and new of what changed, by
the guardian's id. Those who answer for siblings, too, are the same person for all.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db
from exchange.core.encryption import blind_index
from exchange.students import queries
from exchange.students.events import StudentEvent
from exchange.students.models import Guardian, Guardianship, Student
from exchange.students.values import GUARDIAN_ID

BOND = ("relation", "is_legal_guardian", "may_sign", "call_order", "begins_on", "until", "authority_ended_on")
PERSON = ("name", "phone", "resident_id", "language", "reads_mandarin", "details")
DAYS = {"begins_on", "until", "authority_ended_on"}
MADE = "created_at"

Entry = dict[str, dict[str, Any]]
"""A guardianship with its person, ``bond`` and ``person``."""
Family = dict[str, Entry]
Trace = dict[str, dict[str, Any]]
Undone = dict[str, dict[str, Any]]
"""Guardian → what will stand in the record of the person when later rows have been taken back."""


def family_of(student: Student) -> Family:
    """Who answers or has answered for the student, as it stands."""
    return {
        str(each.guardian_id): {"bond": _told(each, BOND), "person": told_of(each.guardian)}
        for each in student.guardianships
    }


def told_of(guardian: Guardian) -> dict[str, Any]:
    """What is said of the person."""
    return {**_told(guardian, PERSON), MADE: guardian.created_at.isoformat()}


def trace_of(before: Family, people: Mapping[str, dict[str, Any]], after: Family) -> Trace:
    """What happened between the two; ``people`` are those who were known before, of this family or another."""
    stayed = before.keys() & after.keys()
    bonds = {key: _pairs(before[key]["bond"], after[key]["bond"]) for key in stayed}
    persons = {key: _pairs(people[key], after[key]["person"]) for key in after.keys() & people.keys()}
    trace: Trace = {
        "came": {key: after[key] for key in after if key not in before},
        "gone": {key: before[key] for key in before if key not in after},
        "bonds": {key: pairs for key, pairs in sorted(bonds.items()) if pairs},
        "people": {key: pairs for key, pairs in sorted(persons.items()) if pairs},
    }
    return {name: found for name, found in trace.items() if found}


def still_stands(student: Student, trace: Trace, undone: Undone) -> bool:
    """Whether the family is still as the trace has left it, in everything that taking it back would touch."""
    present = family_of(student)
    for key, entry in present.items():
        entry["person"] |= undone.get(key, {})
    if trace.get("gone", {}).keys() & present.keys():
        return False
    touched = {"bond": trace.get("bonds", {}), "person": trace.get("people", {})}
    pairs = [(key, part, pair) for part, found in touched.items() for key, pair in found.items()]
    if not all(key in present and _has(present[key][part], pair) for key, part, pair in pairs):
        return False
    return all(key in present and _is_same(present[key], entry, key) for key, entry in trace.get("came", {}).items())


def note_undone(trace: Trace, undone: Undone) -> None:
    """Add what taking this trace back will say of people whom other rows may know, too."""
    for key, pairs in trace.get("people", {}).items():
        undone.setdefault(key, {}).update({name: old for name, (old, _new) in pairs.items()})


def restore_family(student: Student, trace: Trace, *, by: User | None) -> list[int]:
    """Bring the family back to what it was; gives the ids of those who have left it again."""
    standing = {str(each.guardian_id): each for each in student.guardianships}
    for key, pairs in trace.get("bonds", {}).items():
        _set(standing[key], {name: old for name, (old, _new) in pairs.items()})
    for key, pairs in trace.get("people", {}).items():
        _restore_person(standing[key].guardian, student, {name: old for name, (old, _new) in pairs.items()}, by=by)
    for key in trace.get("came", {}):
        student.guardianships.remove(standing[key])
    for key, entry in trace.get("gone", {}).items():
        guardianship = Guardianship(guardian=_person_again(int(key), entry["person"]))
        _set(guardianship, entry["bond"])
        student.guardianships.append(guardianship)
    db.session.flush()
    return [int(key) for key in trace.get("came", {})]


def _restore_person(guardian: Guardian, student: Student, values: Mapping[str, Any], *, by: User | None) -> None:
    _set(guardian, values)
    guardian.resident_id_index = _index(guardian.resident_id)
    for other in queries.others_with(guardian, beside=student):
        record(StudentEvent.GUARDIAN_CHANGED, other, by=by, guardian=guardian.name, changed=sorted(values))


def _person_again(guardian_id: int, told: Mapping[str, Any]) -> Guardian:
    """The person, who is still there for others, or as before under the same number where that is free."""
    present = db.session.get(Guardian, guardian_id)
    if present is not None and present.created_at.isoformat() == told[MADE]:
        return present
    guardian = Guardian(created_at=datetime.fromisoformat(told[MADE]))
    if present is None:
        guardian.id = guardian_id
    _set(guardian, {name: told[name] for name in PERSON})
    guardian.resident_id_index = _index(guardian.resident_id)
    return guardian


def _is_same(present: Entry, entry: Entry, key: str) -> bool:
    """Somebody who came is as they came; of one who answers for others, too, only the bond is this student's."""
    return present["bond"] == entry["bond"] and (present["person"] == entry["person"] or _is_shared(int(key)))


def _is_shared(guardian_id: int) -> bool:
    return len(queries.wards_of([db.session.get_one(Guardian, guardian_id)]).get(guardian_id, [])) > 1


def _has(present: Mapping[str, Any], pairs: Mapping[str, Any]) -> bool:
    return all(present[name] == new for name, (_old, new) in pairs.items())


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {name: [value, new[name]] for name, value in old.items() if value != new[name]}


def _told(holder: object, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(holder, name) for name in names}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def _set(holder: object, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(holder, name, date.fromisoformat(value) if value and name in DAYS else value)


def _index(number: str | None) -> str | None:
    return blind_index(number, GUARDIAN_ID) if number else None
