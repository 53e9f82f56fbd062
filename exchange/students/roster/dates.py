"""Reads dates in all the forms people write: 2010.5.6, 2010年5月6日, 20100506, 二〇一〇年五月六日, Excel's own."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from exchange.core.spreadsheets import Cell

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(10_000, 80_000)  # 1927 to 2119
YEARS = range(1900, 2101)
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
PARTED = re.compile(r"^(\d{4})\s*[.\-/年、,\\_ ]\s*(\d{1,2})\s*(?:[.\-/月、,\\_ ]\s*(\d{1,2})?\s*[日号]?)?\.?$")
SOLID = re.compile(r"^(\d{4})(\d{2})(\d{2})?$")
TENS = re.compile(r"十")


class PartialDate(NamedTuple):
    """A date of which the day may not be known."""

    year: int
    month: int
    day: int | None

    @property
    def complete(self) -> date | None:
        return date(self.year, self.month, self.day) if self.day else None

    @property
    def month_text(self) -> str:
        """``2026-09``."""
        return f"{self.year:04d}-{self.month:02d}"

    def agrees_with(self, other: date) -> bool:
        """The same day, or the same month where the day is not known."""
        return (self.year, self.month, self.day or other.day) == (other.year, other.month, other.day)


def read_date(cell: Cell) -> PartialDate | None:
    """The date in a cell, None when it is none of the forms people write."""
    if isinstance(cell, date):
        return _checked(cell.year, cell.month, cell.day)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, float) and not cell.is_integer():
        return None  # 2010.1 may be January or October
    return read_written_date(str(int(cell)) if isinstance(cell, int | float) else cell)


@lru_cache(maxsize=8192)
def read_written_date(text: str) -> PartialDate | None:
    """The date in a text."""
    text = _with_digits(TIME.sub("", unicodedata.normalize("NFKC", text).strip()).strip())
    if text.isascii() and text.isdecimal() and len(text) == 5 and int(text) in EXCEL_SERIALS:
        serial = EXCEL_EPOCH + timedelta(days=int(text))
        return _checked(serial.year, serial.month, serial.day)
    match = SOLID.match(text) or PARTED.match(text)
    if not match:
        return None
    year, month, day = match.groups()
    return _checked(int(year), int(month), int(day) if day else None)


def _with_digits(text: str) -> str:
    """Chinese numerals as digits: 二〇一〇年十二月三十一日."""
    if not re.search(r"[〇零○一二三四五六七八九十]", text):
        return text
    text = text.translate(CHINESE_DIGITS)
    text = re.sub(r"(\d)十(\d)", r"\1\2", text)
    text = re.sub(r"(\d)十", r"\g<1>0", text)
    return TENS.sub("10", re.sub(r"十(\d)", r"1\1", text))


def _checked(year: int, month: int, day: int | None) -> PartialDate | None:
    if year not in YEARS:
        return None
    try:
        date(year, month, 1 if day is None else day)
    except ValueError:
        return None
    return PartialDate(year, month, day)
