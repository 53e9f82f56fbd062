"""Spreadsheets in and out: the only place that knows python-calamine and XlsxWriter."""

from exchange.core.spreadsheets.filling import KEPT_SHEET, Entry, write_form
from exchange.core.spreadsheets.reading import Cell, Row, Sheet, UnknownHead, as_text, check_filename, read
from exchange.core.spreadsheets.writing import DATE, NUMBER, TEXT, Column, write

__all__ = [
    "DATE",
    "KEPT_SHEET",
    "NUMBER",
    "TEXT",
    "Cell",
    "Column",
    "Entry",
    "Row",
    "Sheet",
    "UnknownHead",
    "as_text",
    "check_filename",
    "read",
    "write",
    "write_form",
]
