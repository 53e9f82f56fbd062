"""Spreadsheets in and out: the only place that knows python-calamine and XlsxWriter."""

from exchange.core.spreadsheets.reading import Cell, Row, Sheet, as_text, check_filename, read
from exchange.core.spreadsheets.writing import DATE, NUMBER, TEXT, Column, write

__all__ = ["DATE", "NUMBER", "TEXT", "Cell", "Column", "Row", "Sheet", "as_text", "check_filename", "read", "write"]
