"""The checks of one row, one function for each group of findings; each reads cells and puts values."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from exchange.core.spreadsheets import as_text
from exchange.reference.areas import area_name, find_areas, successor_of
from exchange.reference.codes import code_list
from exchange.reference.ethnic_groups import find_ethnic_group, nearest_ethnic_group
from exchange.students.roster.columns import BY_FIELD, MEMBERS, Kind
from exchange.students.roster.dates import read_date
from exchange.students.roster.identity import ResidentID, read_resident_id
from exchange.students.roster.names import read_name, visible
from exchange.students.roster.row import RosterRow

ADULT = 18
LONGEST_EXACT_NUMBER = 1e15
SHOWN = 40
OTHER_DOCUMENTS = {"军官证", "士兵证", "文职干部证", "部队离退休证", "护照", "其他", "境外永久居住证", "台湾居民来往大陆通行证"} | {
    "香港特区护照/身份证明",
    "澳门特区护照/身份证明",
}
PHONE = re.compile(r"^(?:1[3-9]\d{9}|0\d{2,3}\d{7,8})$", re.ASCII)
PHONE_MARKS = re.compile(r"[\s\-\u2010-\u2015()]+")
SEXES = {"男": "male", "女": "female"}
SEX_NAMES = {value: name for name, value in SEXES.items()}


def check_name(row: RosterRow) -> None:
    """name.missing, name.characters, name.separator_normalised, name.spaces_removed."""
    written = as_text(row.cells.get("name"))
    name = read_name(written)
    if not name.text:
        row.find("name", "name.missing")
        return
    if name.forbidden:
        row.find("name", "name.characters", characters=visible(name.forbidden))
    _note_changes(row, "name", name)
    row.put("name", name.text)
    if name.text != written:
        row.values["name_as_written"] = written


def check_identity(row: RosterRow, *, today: date) -> ResidentID:
    """id.missing, id.length, id.check_digit, id.date, id.numeric_cell, id.place_unknown; then sex and birth date."""
    document = code_list("identity_document").find(row.text("id_type"))
    identity = read_resident_id(row.cells["resident_id"] if row.text("resident_id") else None, today=today)
    if document and document.name in OTHER_DOCUMENTS and identity.problem in {"id.length", "id.check_digit", "id.date"}:
        identity = ResidentID(identity.number)
    if identity.problem:
        _find_in_id(row, "resident_id", identity)
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


def check_cell(row: RosterRow, name: str, *, today: date) -> None:
    """Every other cell after its kind: dates, areas, ethnic groups, phones, lists and plain text."""
    column = BY_FIELD[name]
    CELL_CHECKS.get(column.kind, _check_text)(row, name, today)


def age(born: date, today: date) -> int:
    """Full years; a birthday counts from its first minute."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def same_class(one: str, other: str) -> bool:
    """Class names agree but for width and white space."""
    return _folded(one) == _folded(other)


def shown(text: str) -> str:
    """Foreign text for a message: not longer than fits, nothing invisible."""
    text = "".join(character for character in text if character.isprintable())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _find_in_id(row: RosterRow, name: str, identity: ResidentID) -> None:
    params: dict[str, str | int] = {}
    if identity.problem == "id.length":
        params["length"] = len(identity.number)
    if identity.problem == "id.date":
        params["digits"] = identity.number[6:14]
    row.find(name, identity.problem, **params)


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


def _note_changes(row: RosterRow, field: str, name) -> None:
    if name.separator_normalised:
        row.find(field, "name.separator_normalised", name=shown(name.text))
    if name.spaces_removed:
        row.find(field, "name.spaces_removed", name=shown(name.text))


def _check_member_name(row: RosterRow, field: str, today: date) -> None:
    if text := row.text(field):
        name = read_name(text)
        _note_changes(row, field, name)
        row.put(field, name.text)


def _check_member_id(row: RosterRow, field: str, today: date) -> None:
    """A guardian may have any document; a number of 18 places must be a right one."""
    if not row.text(field):
        return
    identity = read_resident_id(row.cells[field], today=today)
    document = code_list("identity_document").find(row.text(field.replace("resident_id", "id_type")))
    other = (document and document.name in OTHER_DOCUMENTS) or (document is None and identity.problem == "id.length")
    if identity.problem and not (other and identity.number):
        _find_in_id(row, field, identity)
    else:
        row.put(field, identity.number)


def _check_date(row: RosterRow, field: str, today: date) -> None:
    """date.unreadable, for a month."""
    if written := row.text(field):
        read = read_date(row.cells[field])
        if read:
            row.put(field, read.month_text)
        else:
            row.find(field, "date.unreadable", written=shown(written))


def _check_area(row: RosterRow, field: str, today: date) -> None:
    """area.unknown, area.obsolete. A former code is kept as it is written: whoever knows the place must decide."""
    if not (written := row.text(field)):
        return
    code, sentence, params = _area(written)
    if sentence:
        row.find(field, sentence, **dict(params))
    if code:
        row.put(field, code)


@lru_cache(maxsize=4096)
def _area(written: str) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    found = find_areas(written)
    if not found:
        return "", "area.unknown", (("written", shown(written)),)
    if len(found) > 1:
        return written, "", ()  # 朝阳区 is a name, but of which city nobody can tell
    area = found[0]
    if not area.obsolete:
        return area.code, "", ()
    heir = successor_of(area)
    told = (("code", area.code), ("name", area.name))
    if heir is None:
        return area.code, "area.obsolete_without_successor", told
    return area.code, "area.obsolete", (*told, ("successor", f"{heir.code} {area_name(heir.code)}"))


def _check_ethnicity(row: RosterRow, field: str, today: date) -> None:
    """ethnicity.unknown."""
    if not (written := row.text(field)):
        return
    group = _ethnic_group(written)
    if group:
        row.put(field, group.name)
    elif nearest := nearest_ethnic_group(written[:20]):
        row.find(field, "ethnicity.unknown", written=shown(written), nearest=nearest.name)
    else:
        row.find(field, "ethnicity.unknown_at_all", written=shown(written))


_ethnic_group = lru_cache(maxsize=1024)(find_ethnic_group)


def _check_phone(row: RosterRow, field: str, today: date) -> None:
    """phone.invalid; a number that cannot be one is kept as it is written."""
    if not (written := row.text(field)):
        return
    number = PHONE_MARKS.sub("", unicodedata.normalize("NFKC", written)).removeprefix("+86")
    number = number.removeprefix("86") if len(number) == 13 else number
    if PHONE.match(number):
        row.put(field, number)
    else:
        row.find(field, "phone.invalid", written=shown(written))
        row.put(field, written)


def _check_list(row: RosterRow, field: str, today: date) -> None:
    """value.unknown."""
    column = BY_FIELD[field]
    if not (written := as_text(row.cells.get(field))):
        return
    value = _value(column.values, written)
    if value:
        row.put(field, value)
    elif not row.text(field):
        return
    elif code_list(column.values).open:
        row.put(field, written)
    else:
        choices = "、".join(code_list(column.values).names)
        row.find(field, "value.unknown", written=shown(written), choices=choices)


@lru_cache(maxsize=4096)
def _value(list_name: str, written: str) -> str:
    found = code_list(list_name).find(written)
    return found.name if found else ""


def _check_yes_no(row: RosterRow, field: str, today: date) -> None:
    _check_list(row, field, today)
    slot, _, name = field.partition("_")
    if name == "is_guardian" and (member := row.members.get(int(slot[-1]))) and name in member:
        member[name] = member[name] == "是"


def _check_text(row: RosterRow, field: str, today: date) -> None:
    if written := as_text(row.cells.get(field)):
        row.put(field, written)


def _check_number_text(row: RosterRow, field: str, today: date) -> None:
    """id.numeric_cell, for other numbers that are too long for a number cell."""
    cell = row.cells.get(field)
    if isinstance(cell, int | float) and abs(cell) >= LONGEST_EXACT_NUMBER:
        row.find(field, "id.numeric_cell")
    else:
        _check_text(row, field, today)


CELL_CHECKS: dict[Kind, Callable[[RosterRow, str, date], None]] = {
    Kind.NAME: _check_member_name,
    Kind.RESIDENT_ID: _check_member_id,
    Kind.MONTH: _check_date,
    Kind.AREA: _check_area,
    Kind.ETHNICITY: _check_ethnicity,
    Kind.PHONE: _check_phone,
    Kind.LIST: _check_list,
    Kind.YES_NO: _check_yes_no,
    Kind.NUMBER_TEXT: _check_number_text,
}
