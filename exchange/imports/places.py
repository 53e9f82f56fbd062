"""How a row is named: by the number that Excel shows, and by its sheet where several were read."""

from collections.abc import Sequence

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.imports import queries
from exchange.imports.models import Import, ImportRow, Outcome
from exchange.imports.queries import RowPlace

BETWEEN = "!"  # as Excel writes it: 一班!3
LONGEST_NUMBER = 9


def place_of(import_: Import, row: ImportRow) -> str:
    """For people: 第 3 行, or “一班”第 3 行."""
    if import_.has_several_sheets:
        return str(_("“%(sheet)s”第 %(row)s 行", sheet=import_.sheets[row.sheet], row=row.number))
    return str(_("第 %(row)s 行", row=row.number))


def rows_named(import_: Import, written: str) -> set[int]:
    """The ids of the rows that are written so: ``2,3`` or ``一班!2,二班!7``.

    Raises ``UsageProblem`` for what is no row of the import, stands on more than one sheet, or cannot be written.
    """
    wanted = dict(_place(import_, part) for part in written.replace("，", ",").split(","))
    found = queries.places_of(import_, {number for _sheet, number in wanted.values()})
    meant = {text: [row for row in found if _is_at(row, place)] for text, place in wanted.items()}
    _refuse(_("这次导入没有第 %(rows)s 行。"), [text for text, rows in meant.items() if not rows])
    several = [text for text, rows in meant.items() if len(rows) > 1]
    _refuse(_("第 %(rows)s 行不止一张工作表里有。写成“工作表!行号”。"), several)
    check_outcomes([(text, rows[0].outcome) for text, rows in meant.items()])
    return {rows[0].id for rows in meant.values()}


def check_outcomes(rows: Sequence[tuple[object, Outcome]]) -> None:
    """Name and outcome of the chosen rows. Raises ``UsageProblem`` where there are none or one cannot be written."""
    if not rows:
        raise UsageProblem(_("没有选择要写入的行。"))
    rejected = [name for name, outcome in rows if outcome is Outcome.REJECTED]
    _refuse(_("第 %(rows)s 行有错误，不能写入。改正后重新导入。"), rejected)


def _place(import_: Import, text: str) -> tuple[str, tuple[int | None, int]]:
    """What was written, with sheet and number; no sheet where only a number is."""
    name, between, number = text.strip().rpartition(BETWEEN)
    if not (number.isascii() and number.isdecimal() and len(number) <= LONGEST_NUMBER):
        raise UsageProblem(_("“%(text)s”不是编号。", text=text))
    if between and name not in import_.sheets:
        told = {"sheet": name, "sheets": listed(import_.sheets)}
        raise UsageProblem(_("这次导入没有读工作表“%(sheet)s”。读了：%(sheets)s。", **told))
    return text.strip(), (import_.sheets.index(name) if between else None, int(number))


def _is_at(row: RowPlace, place: tuple[int | None, int]) -> bool:
    sheet, number = place
    return row.number == number and sheet in (None, row.sheet)


def _refuse(sentence: object, names: Sequence[object]) -> None:
    if names:
        raise UsageProblem(str(sentence) % {"rows": listed(names[:10]) + ("…" if len(names) > 10 else "")})
