"""Workbooks that somebody fills in and sends back: what may be typed is open and checked, all else is locked."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

from exchange.core.spreadsheets.writing import NUMBER, PLAIN_STRINGS, TEXT

KEPT_SHEET = "exchange"
"""The hidden sheet in which we keep what we must know when the workbook comes back."""


@dataclass(frozen=True)
class Entry:
    """A column to type into: numbers from 0 to ``maximum`` (no number where there is none), or one of the words."""

    heading: str
    maximum: int | None
    words: tuple[str, ...]
    hint: str  # shown beside a chosen cell
    refusal: str  # shown where something else is typed


def write_form(
    rows: Sequence[Sequence[object]],
    *,
    identity: Sequence[tuple[str, float]],
    entries: Sequence[Entry],
    kept: Sequence[Sequence[object]],
    sheet: str,
) -> bytes:
    """An .xlsx; a row holds the locked identity cells, heading and width each, and then one value for each entry."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **PLAIN_STRINGS}) as workbook:
        page = workbook.add_worksheet(sheet)
        _write_head(workbook, page, identity, entries)
        locked = workbook.add_format({"num_format": TEXT, "font_color": "#5b6762"})
        unlocked = workbook.add_format({"num_format": NUMBER, "locked": False, "align": "right", "bottom": 4})
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                _write_cell(page, number, place, cell, locked if place < len(identity) else unlocked)
        for place, entry in enumerate(entries, start=len(identity)):
            _check(page, place, len(rows), entry)
        page.freeze_panes(1, len(identity))
        page.protect("", {"format_columns": True, "format_rows": True})
        _keep(workbook, kept)
    return buffer.getvalue()


def _write_head(workbook, page, identity, entries) -> None:
    bold = workbook.add_format({"bold": True, "num_format": TEXT, "bottom": 1, "text_wrap": True})
    columns = [*identity, *((entry.heading, 12) for entry in entries)]
    for place, (heading, width) in enumerate(columns):
        page.set_column(place, place, width)
        page.write_string(0, place, heading, bold)


def _write_cell(page, row: int, place: int, cell: object, shape) -> None:
    if cell is None or cell == "":
        page.write_blank(row, place, None, shape)
    elif isinstance(cell, int | float):
        page.write_number(row, place, cell, shape)
    else:
        page.write_string(row, place, str(cell), shape)


def _check(page, place: int, rows: int, entry: Entry) -> None:
    if not rows:
        return
    cell = xlsxwriter.utility.xl_rowcol_to_cell(1, place)
    allowed = [f'{cell}="{word}"' for word in entry.words]
    if entry.maximum is not None:
        allowed.insert(0, f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={entry.maximum})")
    rule = {
        "validate": "custom",
        "value": f"=OR({','.join(allowed)})",
        "input_title": entry.heading[:32],
        "input_message": entry.hint[:255],
        "error_title": entry.heading[:32],
        "error_message": entry.refusal[:255],
    }
    page.data_validation(1, place, rows, place, rule)


def _keep(workbook, kept: Sequence[Sequence[object]]) -> None:
    hidden = workbook.add_worksheet(KEPT_SHEET)
    hidden.very_hidden()
    for number, row in enumerate(kept):
        for place, cell in enumerate(row):
            hidden.write_string(number, place, str(cell))
    hidden.protect()
