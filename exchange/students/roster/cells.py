"""The checks of single cells after the kind of their column; each reads a cell and puts its value."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from exchange.core.spreadsheets import as_text
from exchange.reference.areas import area_name, find_areas, successor_of
from exchange.reference.codes import code_list
from exchange.reference.ethnic_groups import find_ethnic_group, nearest_ethnic_group
from exchange.students.roster.columns import BY_FIELD, Kind
from exchange.students.roster.dates import read_date
from exchange.students.roster.identity import ResidentID, read_resident_id
from exchange.students.roster.names import Name, read_name, visible
from exchange.students.roster.row import RosterRow

LONGEST_EXACT_NUMBER = 1e15
LONGEST_NAME = 100
LONGEST_TEXT = 500
LONGEST_NUMBER_TEXT = 20
SHOWN = 40
OTHER_DOCUMENTS = {
    "军官证",
    "士兵证",
    "文职干部证",
    "部队离退休证",
    "香港特区护照/身份证明",
    "澳门特区护照/身份证明",
    "台湾居民来往大陆通行证",
    "境外永久居住证",
    "护照",
    "其他",
}
PHONE = re.compile(r"^(?:1[3-9]\d{9}|0\d{2,3}\d{7,8})$", re.ASCII)
PHONE_MARKS = re.compile(r"[\s\-\u2010-\u2015()]+")


def check_cell(row: RosterRow, name: str, *, today: date) -> None:
    """Check one cell after the kind of its column."""
    check_of(name)(row, name, today)


def check_of(name: str) -> Callable[[RosterRow, str, date], None]:
    """The check of every other cell after its kind: dates, areas, ethnic groups, phones, lists and plain text."""
    return CELL_CHECKS.get(BY_FIELD[name].kind, _check_text)


def put_name(row: RosterRow, field: str, name: Name) -> None:
    """name.characters, name.separator_normalised, name.spaces_removed."""
    if name.forbidden:
        row.find(field, "name.characters", characters=visible(name.forbidden))
    if len(name.text) > LONGEST_NAME:
        row.find(field, "name.characters_too_many", longest=LONGEST_NAME)
    if name.separator_normalised:
        row.find(field, "name.separator_normalised", name=shown(name.text))
    if name.spaces_removed:
        row.find(field, "name.spaces_removed", name=shown(name.text))
    row.put(field, name.text)


def shown(text: str) -> str:
    """Foreign text for a message: not longer than fits, nothing invisible."""
    text = "".join(character for character in text if character.isprintable())
    return text if len(text) <= SHOWN else text[:SHOWN] + "…"


def find_in_id(row: RosterRow, name: str, identity: ResidentID) -> None:
    """Notes what is wrong with an identity number."""
    params: dict[str, str | int] = {}
    if identity.problem == "id.length":
        params["length"] = len(identity.number)
    if identity.problem == "id.date":
        params["digits"] = identity.number[6:14]
    row.find(name, identity.problem, **params)


def _check_member_name(row: RosterRow, field: str, today: date) -> None:
    """A guardian's name does not reject a student for a remark in brackets behind it."""
    if text := row.text(field):
        put_name(row, field, replace(read_name(text), forbidden=""))


def _check_member_id(row: RosterRow, field: str, today: date) -> None:
    """A guardian may have any document; a number of 18 places must be a right one."""
    if not row.text(field):
        return
    identity = read_resident_id(row.cells[field], today=today)
    document = code_list("identity_document").find(row.text(field.replace("resident_id", "id_type")))
    other = (document and document.name in OTHER_DOCUMENTS) or (document is None and identity.problem == "id.length")
    if identity.problem and not (other and identity.number):
        find_in_id(row, field, identity)
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
        _check_text(row, field, today)


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
        _check_text(row, field, today)
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
    written = as_text(row.cells.get(field))
    if len(written) > LONGEST_TEXT:
        _refuse_length(row, field, written, LONGEST_TEXT)
    elif written:
        row.put(field, written)


def _refuse_length(row: RosterRow, field: str, written: str, longest: int) -> None:
    row.find(field, "value.unknown_too_long", written=shown(written), longest=longest)


def _check_number_text(row: RosterRow, field: str, today: date) -> None:
    """id.numeric_cell, for other numbers that are too long for a number cell."""
    cell = row.cells.get(field)
    if isinstance(cell, int | float) and abs(cell) >= LONGEST_EXACT_NUMBER:
        row.find(field, "id.numeric_cell")
    elif len(text := as_text(cell)) > LONGEST_NUMBER_TEXT:
        _refuse_length(row, field, text, LONGEST_NUMBER_TEXT)
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
