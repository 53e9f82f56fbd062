"""Reads resident ID numbers (GB 11643): normal form, check digit, birth date, sex and place."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from stdnum.cn import ric

from exchange.core.spreadsheets import Cell
from exchange.reference.areas import area_in

UNWANTED = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b-\u200f\u2060\ufeff]+")
SCIENTIFIC = re.compile(r"^\d(\.\d+)?[Ee]\+?\d+$")
SHAPE = re.compile(r"^\d{17}[\dX]$", re.ASCII)
EARLIEST_YEAR = 1900


@dataclass(frozen=True, slots=True)
class ResidentID:
    """What a cell says: the number, the code of what is wrong with it (or empty), and what the number tells."""

    number: str
    problem: str = ""
    birth_date: date | None = None
    sex: str = ""
    place_known: bool = True


def normalise_id(text: str) -> str:
    """NFKC, without white space and hyphens, x upper-cased: ``９９９９ 99-…x`` → ``999999…X``."""
    return UNWANTED.sub("", unicodedata.normalize("NFKC", text)).replace("x", "X").lstrip("'‘’`")


def read_resident_id(cell: Cell, *, today: date) -> ResidentID:
    """The number in a cell; ``problem`` is one of the codes ``id.…``, the first that applies."""
    if cell is not None and not isinstance(cell, str):
        return ResidentID("", "id.numeric_cell")
    number = normalise_id(cell or "")
    if not number:
        return ResidentID("", "id.missing")
    if SCIENTIFIC.match(number):
        return ResidentID("", "id.numeric_cell")
    if len(number) != 18:
        return ResidentID(number, "id.length")
    if not SHAPE.match(number) or ric.calc_check_digit(number) != number[-1]:
        return ResidentID(number, "id.check_digit")
    born = _birth_date(number)
    if born is None or born > today:
        return ResidentID(number, "id.date")
    place = area_in(number[:6], born.year)
    return ResidentID(number, "", born, sex_of(number), place is not None)


def sex_of(number: str) -> str:
    """The seventeenth digit: odd for ``male``, even for ``female``."""
    return "male" if int(number[16]) % 2 else "female"


def _birth_date(number: str) -> date | None:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return born if born.year >= EARLIEST_YEAR else None
