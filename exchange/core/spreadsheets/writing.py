"""Writes .xlsx files that open right in Excel and WPS: identity numbers as text, dates as dates, no formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _

TEXT, DATE, NUMBER = "@", "yyyy-mm-dd", "General"
MAX_ROWS = 1_048_575
CELL_LENGTH = 32_767
# Every text stays a text: ``=1+1`` in a name is no formula, an address is no link, a long number loses no digit.
PLAIN_STRINGS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Column:
    """A column of the sheet; ``choices`` become a drop-down list."""

    heading: str
    kind: str = TEXT
    width: float = 14
    choices: tuple[str, ...] = ()


def write(rows: Iterable[Sequence[object]], *, columns: Sequence[Column | str], sheet: str = "Sheet1") -> bytes:
    """An .xlsx with a frozen head. Raises UsageProblem when there are more rows than a sheet holds."""
    buffer = io.BytesIO()
    shaped = [column if isinstance(column, Column) else Column(column) for column in columns]
    options = {"constant_memory": True, **PLAIN_STRINGS}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        page = workbook.add_worksheet(sheet[:31])
        formats = {kind: workbook.add_format({"num_format": kind}) for kind in (TEXT, DATE, NUMBER)}
        _write_head(workbook, page, shaped, formats)
        for number, row in enumerate(rows, start=1):
            if number > MAX_ROWS:
                raise UsageProblem(_("一张表最多 %(rows)s 行。缩小范围后再导出。", rows=MAX_ROWS))
            for place, (cell, column) in enumerate(zip(row, shaped, strict=True)):
                if cell is not None and cell != "":  # most cells of a national sheet are empty
                    _write_cell(page, number, place, cell, formats[column.kind])
        _write_choices(workbook, page, shaped)
    return buffer.getvalue()


def _write_head(workbook, page, columns, formats) -> None:
    bold = workbook.add_format({"bold": True, "num_format": TEXT, "bottom": 1, "text_wrap": True})
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width, formats[column.kind])
        page.write_string(0, place, str(column.heading), bold)
    page.freeze_panes(1, 0)


def _write_cell(page, row: int, place: int, cell: object, shape) -> None:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), shape)
    elif isinstance(cell, int | float) and not isinstance(cell, bool) and shape.num_format != TEXT:
        page.write_number(row, place, cell, shape)
    else:
        page.write_string(row, place, str(cell)[:CELL_LENGTH], shape)


def _write_choices(workbook, page, columns) -> None:
    """Lists stand on a hidden sheet: Excel drops a list of more than 255 characters that stands in the cell's rule."""
    lists = [(place, column.choices) for place, column in enumerate(columns) if column.choices]
    if not lists:
        return
    hidden = workbook.add_worksheet("选项")
    hidden.hide()
    for row in range(max(len(choices) for _place, choices in lists)):
        for place, (_column, choices) in enumerate(lists):
            if row < len(choices):
                hidden.write_string(row, place, choices[row])
    for place, (column, choices) in enumerate(lists):
        letters = xlsxwriter.utility.xl_col_to_name(place)
        source = f"=选项!${letters}$1:${letters}${len(choices)}"
        page.data_validation(1, column, 10_000, column, {"validate": "list", "source": source, "error_type": "warning"})
