"""The checks of one row, one function for each group of findings; each reads cells and puts values."""

import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from exchange.core.spreadsheets import as_text
from exchange.reference.codes import code_list
from exchange.students.roster.cells import OTHER_DOCUMENTS, find_in_id, put_name, shown
from exchange.students.roster.columns import MEMBERS
from exchange.students.roster.dates import read_date
from exchange.students.roster.identity import ResidentID, read_resident_id
from exchange.students.roster.names import read_name
from exchange.students.roster.row import RosterRow

ADULT = 18
SEXES = {"男": "male", "女": "female"}
SEX_NAMES = {value: name for name, value in SEXES.items()}


def check_name(row: RosterRow) -> None:
    """name.missing, name.characters, name.separator_normalised, name.spaces_removed."""
    written = as_text(row.cells.get("name"))
    name = read_name(written)
    if not name.text:
        row.find("name", "name.missing")
        return
    put_name(row, "name", name)
    if name.text != written:
        row.values["name_as_written"] = written


def check_identity(row: RosterRow, *, today: date) -> ResidentID:
    """id.missing, id.length, id.check_digit, id.date, id.numeric_cell, id.place_unknown; then sex and birth date."""
    document = code_list("identity_document").find(row.text("id_type"))
    identity = read_resident_id(row.cells["resident_id"] if row.text("resident_id") else None, today=today)
    if document and document.name in OTHER_DOCUMENTS and identity.problem in {"id.length", "id.check_digit", "id.date"}:
        identity = ResidentID(identity.number)
    if identity.problem:
        find_in_id(row, "resident_id", identity)
    elif not identity.place_known:
        row.find("resident_id", "id.place_unknown", area=identity.number[:6])
    if identity.number and not identity.problem:
        row.put("resident_id", identity.number)
    _check_birth_date(row, identity)
    _check_sex(row, identity)
    return identity


def check_class(row: RosterRow, *, class_name: str | None, has_class: Callable[[str], bool]) -> None:
    """class.unknown: another class than the one of this import, or one that the system does not have."""
    written = row.text("class_name")
    if not written and class_name:
        row.put("class_name", class_name)
    elif not written:
        row.find("class_name", "class.missing")
    elif class_name and same_class(written, class_name):
        row.put("class_name", class_name)
    elif class_name:
        row.find("class_name", "class.unknown", written=shown(written), expected=class_name)
    elif has_class(written):
        row.put("class_name", written)
    else:
        row.find("class_name", "class.unknown_in_system", written=shown(written))


def check_major(row: RosterRow, *, major: Callable[[str, int | None], str | None]) -> None:
    """major.unknown; the year of enrolment says which catalogue counts. Call it after the dates."""
    written = row.text("major")
    if not written:
        return
    entry = str(row.values.get("entry_month", ""))[:4]
    code = major(written, int(entry) if entry else None)
    if code:
        row.put("major", code)
    else:
        row.find("major", "major.unknown", written=shown(written))


def check_guardians(row: RosterRow, *, today: date) -> None:
    """guardian.name_missing, guardian.phone_missing: somebody must be named and reachable for a student under 18."""
    born = row.values.get("birth_date")
    if born and age(date.fromisoformat(str(born)), today) >= ADULT:
        return
    members = {number: row.members.get(number, {}) for number in MEMBERS}
    guardians = {number: member for number, member in members.items() if member.get("is_guardian") is not False}
    first = next((number for number, member in guardians.items() if member), MEMBERS[0])
    if not any(member.get("name") for member in guardians.values()):
        row.find(f"guardian{first}_name", "guardian.name_missing")
    if not any(member.get("phone") for member in guardians.values()):
        row.find(f"guardian{first}_phone", "guardian.phone_missing")


def age(born: date, today: date) -> int:
    """Full years; a birthday counts from its first minute."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def same_class(one: str, other: str) -> bool:
    """Class names agree but for width and white space."""
    return _folded(one) == _folded(other)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _check_birth_date(row: RosterRow, identity: ResidentID) -> None:
    cell = row.cells.get("birth_date")
    written = row.text("birth_date")
    expected = identity.birth_date
    read = read_date(cell) if written else None
    if written and read is None:
        row.find("birth_date", "date.unreadable", written=shown(written))
    elif read and expected and not read.agrees_with(expected):
        row.find("birth_date", "id.birth_date_mismatch", written=shown(written), expected=expected.isoformat())
    born = expected or (read.complete if read else None)
    if born:
        row.put("birth_date", born.isoformat())
    elif read and not identity.problem:
        row.find("birth_date", "date.unreadable", written=shown(written))


def _check_sex(row: RosterRow, identity: ResidentID) -> None:
    written = row.text("sex")
    found = code_list("sex").find(written) if written else None
    read = SEXES[found.name] if found else ""
    if written and not read:
        row.find("sex", "value.unknown", written=shown(written), choices="男、女")
    elif read and identity.sex and read != identity.sex:
        row.find("sex", "id.sex_mismatch", written=SEX_NAMES[read], expected=SEX_NAMES[identity.sex])
    if identity.sex or read:
        row.put("sex", identity.sex or read)
