"""Writes students back into the 73 national columns, so that a review of the sheet gives the same values again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from exchange.core.spreadsheets import Column as SheetColumn
from exchange.core.spreadsheets import write
from exchange.reference.codes import code_list
from exchange.reference.majors import major_name
from exchange.students.roster.columns import COLUMNS, MEMBER, MEMBERS, STUDENT, Column

SHEET = "学生信息"
SEXES = {"male": "男", "female": "女"}


def export_rows(students: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    """Per student the 73 cells in national order, all of them text; values as ``ReviewedRow.values`` has them."""
    for student in students:
        national = student.get("national") or {}
        values = [national.get(column.heading) if column.leftover else student.get(column.field) for column in STUDENT]
        cells = _cells(STUDENT, values)
        for guardian in (student.get("guardians") or ())[: len(MEMBERS)]:
            cells += _cells(MEMBER, [guardian.get(column.field) for column in MEMBER])
        yield cells + [""] * (len(COLUMNS) - len(cells))


def export_workbook(students: Iterable[Mapping[str, Any]]) -> bytes:
    """The national sheet as .xlsx, identity numbers as text."""
    columns = [SheetColumn(column.heading, choices=_choices(column)) for column in COLUMNS]
    return write(export_rows(students), columns=columns, sheet=SHEET)


def _cells(columns: Sequence[Column], values: Iterable[object]) -> list[str]:
    return [
        "" if value is None or value == "" else _cell(column, value)
        for column, value in zip(columns, values, strict=True)
    ]


def _cell(column: Column, value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    if column.field == "sex":
        return SEXES.get(text, text)
    if column.field == "major":
        return major_name(text)
    if column.field in {"birth_date", "entry_month", "birth_month"}:
        return text.replace("-", "")
    return text


def _choices(column: Column) -> tuple[str, ...]:
    return () if not column.values or code_list(column.values).open else code_list(column.values).names
