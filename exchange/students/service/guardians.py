"""Guardians as people of their own: add, link, change, end, and note the day on which authority ends."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, today
from exchange.core.encryption import blind_index
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.students import queries
from exchange.students.authority import is_of_age
from exchange.students.events import StudentEvent
from exchange.students.models import Contact, ContactKind, Guardian, Guardianship, Student
from exchange.students.roster.identity import normalise_id, read_resident_id
from exchange.students.values import GUARDIAN_ID

PERSON = ("name", "phone", "resident_id", "language", "reads_mandarin")
RELATION = ("relation", "is_legal_guardian", "may_sign", "call_order", "begins_on")
CONTACT = ("phone", "language", "reads_mandarin")
NEW_PERSON = "new"
PHONE = re.compile(r"\+?[0-9][0-9\- ]{5,19}")


class GuardianKnown(DomainError):
    """The person may be known already; a human decides. ``people`` are those who may be meant."""

    def __init__(self, people: Sequence[Guardian], *, is_certain: bool):
        super().__init__(_("这个人可能已经登记过。先确认是不是同一个人。"))
        self.people, self.is_certain = list(people), is_certain


class InvalidContact(DomainError):
    """A phone or a resident ID that cannot be one."""


def add_guardian(student: Student, *, by: User | None, same_as: str = "", **values: Any) -> Guardianship:
    """Give the student a guardian: a new person, or with ``same_as`` (an id) one who is known.

    Raises ``GuardianKnown`` where the resident ID, or name and phone, are those of somebody known and nobody has said
    which it is; ``same_as="new"`` says that it is somebody else, which a resident ID does not allow.
    """
    lock(student)
    values = _checked(values)
    if (begins_on := values.get("begins_on")) and begins_on > today():
        raise NotPossible(_("监护开始的日期还没有到。到了那天再登记。"))
    identity = {name: values.get(name) for name in ("phone", "resident_id")}
    known = queries.guardians_known_as(name=values["name"], **identity)
    certain = bool(values.get("resident_id")) and any(each.resident_id == values["resident_id"] for each in known)
    chosen = next((each for each in known if str(each.id) == same_as), None)
    if known and chosen is None and (certain or same_as != NEW_PERSON):
        raise GuardianKnown(known, is_certain=certain)
    if chosen is not None:
        return _link(student, chosen, values, by=by)
    guardian = Guardian(**_person(values))
    guardianship = Guardianship(guardian=guardian, **{name: values[name] for name in RELATION if name in values})
    student.guardianships.append(guardianship)
    record(StudentEvent.GUARDIAN_ADDED, student, by=by, guardian=guardian.name, relation=guardianship.relation)
    return guardianship


def change_guardianship(guardianship: Guardianship, *, by: User | None, **values: Any) -> None:
    """Change the person and the relation. Raises ``InvalidContact`` and ``NotPossible``."""
    guardian = guardianship.guardian
    values = _checked({"name": guardian.name, **values})
    if number := values.get("resident_id"):
        others = queries.guardians_known_as(name="", phone=None, resident_id=number)
        if other := next((each for each in others if each.id != guardian.id), None):
            raise NotPossible(_("这个身份证件号已登记给%(name)s。关联那个人，不要改成同一个号码。", name=other.name))
    changes = _differences(guardian, values, PERSON) | _differences(guardianship, values, RELATION)
    _take_on(guardianship, values, changes, by=by)


def change_contact_data(guardianship: Guardianship, *, by: User | None, **values: Any) -> None:
    """Change phone and language only, as the homeroom teacher may. Raises ``InvalidContact``."""
    values = _checked({"name": guardianship.guardian.name, **values})
    values = {name: value for name, value in values.items() if name in CONTACT}
    _take_on(guardianship, values, _differences(guardianship.guardian, values, CONTACT), by=by)


def end_guardianship(guardianship: Guardianship, *, until: date, reason: str, by: User | None) -> None:
    """From the day on this person no longer answers for the student; the record stays. Raises ``NotPossible``."""
    if guardianship.until is not None:
        raise NotPossible(_("这段监护关系已经结束。"))
    if guardianship.begins_on and until < guardianship.begins_on:
        raise NotPossible(_("结束的日期早于开始的日期。"))
    if until > today():
        raise NotPossible(_("结束的日期还没有到。到了那天再登记。"))
    guardianship.until = until
    name = guardianship.guardian.name
    record(StudentEvent.GUARDIAN_ENDED, guardianship.student, by=by, reason=reason, guardian=name, until=until)


def note_majority(*, on: date, by: User | None = None) -> int:
    """Record for every guardianship whose student has come of age that its authority has ended; gives how many."""
    ended = queries.come_of_age(on)
    for guardianship in ended:
        guardianship.authority_ended_on = guardianship.authority_until
        record(
            StudentEvent.GUARDIANSHIP_OF_AGE,
            guardianship.student,
            by=by,
            guardian=guardianship.guardian.name,
            on=guardianship.authority_until,
        )
    return len(ended)


def add_contact(student: Student, *, by: User | None, **values: Any) -> Contact:
    """Somebody else to call. Raises ``InvalidContact``."""
    contact = Contact(student=student, **_contact(values))
    db.session.add(contact)
    record(StudentEvent.CONTACT_ADDED, student, by=by, kind=contact.kind, name=contact.name)
    return contact


def change_contact(contact: Contact, *, by: User | None, **values: Any) -> None:
    """Set what is said of the contact. Raises ``InvalidContact``."""
    values = _contact({"phone": contact.phone, **values})
    changes = _differences(contact, values, tuple(values))
    for name, value in values.items():
        setattr(contact, name, value)
    if changes:
        record(StudentEvent.CONTACT_CHANGED, contact.student, by=by, name=contact.name, changed=sorted(changes))


def remove_contact(contact: Contact, *, by: User | None) -> None:
    """Forget the contact: what is not needed any more is not kept."""
    record(StudentEvent.CONTACT_REMOVED, contact.student, by=by, kind=contact.kind, name=contact.name)
    db.session.delete(contact)


def checked_phone(phone: str | None) -> str | None:
    """The phone without the space around it, or nothing. Raises ``InvalidContact``."""
    text = (phone or "").strip()
    if not text:
        return None
    if not PHONE.fullmatch(text):
        raise InvalidContact(_("“%(phone)s”不是电话号码。写数字，座机加区号。", phone=text))
    return text


def _link(student: Student, guardian: Guardian, values: dict[str, Any], *, by: User | None) -> Guardianship:
    if any(each.guardian_id == guardian.id for each in student.guardianships):
        raise NotPossible(_("%(name)s已经登记为这名学生的监护人。在那一条上修改。", name=guardian.name))
    guardianship = Guardianship(guardian=guardian, **{name: values[name] for name in RELATION if name in values})
    student.guardianships.append(guardianship)
    record(StudentEvent.GUARDIAN_LINKED, student, by=by, guardian=guardian.name, relation=guardianship.relation)
    return guardianship


def _take_on(guardianship: Guardianship, values: dict[str, Any], changes: dict[str, Any], *, by: User | None) -> None:
    """Set the values; everybody for whom the person answers gets a line where the person changes."""
    if not changes:
        return
    guardian, student = guardianship.guardian, guardianship.student
    for name in changes:
        setattr(guardian if name in PERSON else guardianship, name, values[name])
    if "resident_id" in changes:
        guardian.resident_id_index = _index(guardian.resident_id)
    record(StudentEvent.GUARDIAN_CHANGED, student, by=by, guardian=guardian.name, changes=changes)
    if changes.keys() & set(PERSON):
        for other in queries.others_with(guardian, beside=student):
            record(StudentEvent.GUARDIAN_CHANGED, other, by=by, guardian=guardian.name, changed=sorted(changes))


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """With phone and resident ID in their stored form."""
    if "phone" in values:
        values = values | {"phone": checked_phone(values["phone"])}
    if "resident_id" in values:
        values = values | {"resident_id": _adult_id(values["resident_id"])}
    return values


def _adult_id(written: str | None) -> str | None:
    text = normalise_id(written or "")
    if not text:
        return None
    read = read_resident_id(text, today=today())
    if read.problem or read.birth_date is None:
        raise InvalidContact(_("这不是有效的身份证件号，请核对。"))
    if not is_of_age(read.birth_date, on=today()):
        raise InvalidContact(_("身份证件号的主人还没有成年，不能做监护人。"))
    return text


def _person(values: dict[str, Any]) -> dict[str, Any]:
    own = {name: values[name] for name in PERSON if name in values}
    return own | {"resident_id_index": _index(own.get("resident_id"))}


def _index(number: str | None) -> str | None:
    return blind_index(number, GUARDIAN_ID) if number else None


def _contact(values: dict[str, Any]) -> dict[str, Any]:
    phone = checked_phone(values.get("phone"))
    if phone is None:
        raise InvalidContact(_("没有电话就联系不上，写下电话。"))
    return values | {"kind": ContactKind(values["kind"]), "phone": phone}


def _differences(holder: object, values: dict[str, Any], names: Sequence[str]) -> dict[str, Any]:
    """What changes, from what to what."""
    return {
        name: [getattr(holder, name), values[name]]
        for name in names
        if name in values and getattr(holder, name) != values[name]
    }
