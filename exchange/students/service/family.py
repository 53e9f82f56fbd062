"""Guardians as the members of a family that a sheet names: entered in bulk, brought to what it says, removed."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import append_all, db, insert_all, today
from exchange.core.i18n import _
from exchange.students import queries
from exchange.students.events import StudentEvent
from exchange.students.members import meant_by
from exchange.students.models import Guardian, Guardianship, Student
from exchange.students.service.guardians import end_guardianship
from exchange.students.service.traces import Trace, family_of, told_of, trace_of
from exchange.students.values import Values, guardian_columns, member_of, person_of


def create_guardians(members: Sequence[tuple[int, Values]]) -> None:
    """Guardians of new students in bulk; one who is known by resident ID serves siblings."""
    known = queries.guardians_by_id(member.get("resident_id") for _student_id, member in members)
    ids: dict[Hashable, int] = {(number, guardian.name): guardian.id for number, guardian in known.items()}
    keys: list[Hashable] = [_key(member) or place for place, (_student_id, member) in enumerate(members)]
    new: dict[Hashable, Values] = {}
    for key, (_student_id, member) in zip(keys, members, strict=True):
        if key not in ids:
            new[key] = {
                **member,
                **new.get(key, {}),
            }  # of siblings the first says what counts, the others what is missing
    ids |= zip(new, insert_all(Guardian, map(guardian_columns, new.values())), strict=True)
    bonds: dict[tuple[int, int], dict[str, Any]] = {}
    for key, (student_id, member) in zip(keys, members, strict=True):
        bonds.setdefault((student_id, ids[key]), _relation(member))
    append_all(
        Guardianship,
        ({"student_id": student_id, "guardian_id": each, **told} for (student_id, each), told in bonds.items()),
    )


def set_guardians(student: Student, members: Sequence[Values], *, by: User | None) -> Trace:
    """Bring the guardians to what the members say: a known one is changed, a new one added, a missing one leaves.

    Of somebody who is known and new to this family nothing is emptied. Gives what ``restore_family`` needs to take it
    back; empty where nothing had to change.
    """
    standing = [each for each in student.guardianships if each.until is None]
    present = [member_of(each) for each in standing]
    if present == list(members):
        return {}
    before = family_of(student)
    people = {key: entry["person"] for key, entry in before.items()}
    places = meant_by(members, present)
    for place, member in zip(places, members, strict=True):
        guardianship = _joined(student, member) if place is None else standing[place]
        if guardianship.guardian.id is not None:
            people.setdefault(str(guardianship.guardian.id), told_of(guardianship.guardian))
        if place is None and guardianship.guardian.id is not None:
            member = {**person_of(guardianship.guardian), **member}
        _tell(guardianship.guardian, student, guardian_columns(member), by=by)
        for column, value in _relation(member).items():
            setattr(guardianship, column, value)
    leaving = [each for place, each in enumerate(standing) if place not in places]
    for guardianship in leaving:
        if queries.hanging_on(guardianship):
            end_guardianship(guardianship, until=today(), reason=_("名册里换了人"), by=by)
        else:
            student.guardianships.remove(guardianship)
    db.session.flush()
    trace = trace_of(before, people, family_of(student))
    remove_unneeded([each.guardian_id for each in leaving])
    return trace


def remove_unneeded(guardian_ids: Sequence[int]) -> None:
    """Delete those who answer for nobody and have no account."""
    needed = select(Guardianship.guardian_id).where(Guardianship.guardian_id.in_(guardian_ids))
    db.session.execute(
        delete(Guardian)
        .where(Guardian.id.in_(guardian_ids), Guardian.user_id.is_(None), Guardian.id.not_in(needed))
        .execution_options(synchronize_session=False)
    )


def _joined(student: Student, member: Values) -> Guardianship:
    """A guardianship for somebody who is named now: of a former guardian, of one known by resident ID, or a new one."""
    former = [each for each in student.guardianships if each.until is not None]
    (place,) = meant_by([member], [member_of(each) for each in former])
    if place is not None:
        former[place].until = None
        return former[place]
    known = queries.guardians_by_id([member.get("resident_id")])
    guardian = next(iter(known.values()), None) or Guardian(name="")
    guardianship = Guardianship(guardian=guardian)
    student.guardianships.append(guardianship)
    return guardianship


def _tell(guardian: Guardian, student: Student, columns: Mapping[str, Any], *, by: User | None) -> None:
    """Set what is said of the person; the others for whom the person answers get a line."""
    changed = [column for column, value in columns.items() if getattr(guardian, column) != value]
    for column in changed:
        setattr(guardian, column, columns[column])
    if changed and guardian.id is not None:
        names = sorted(set(changed) - {"resident_id_index"})
        for other in queries.others_with(guardian, beside=student):
            record(StudentEvent.GUARDIAN_CHANGED, other, by=by, guardian=guardian.name, changed=names)


def _key(member: Mapping[str, Any]) -> tuple[str, str] | None:
    """By what two rows mean the same person; without a number nobody is the same."""
    number = member.get("resident_id")
    return (number, member.get("name", "")) if number else None


def _relation(member: Mapping[str, Any]) -> dict[str, Any]:
    return {"relation": member.get("relation", ""), "is_legal_guardian": member.get("is_guardian", True)}
