"""A mark sheet as a workbook: what goes into it, and what is read from one that was filled in.

A hidden sheet tells which mark sheet it is and what each cell held when it was made. Any other table will do, too, if
its head names students and assessments.
"""

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.spreadsheets import KEPT_SHEET, Cell, Entry, Row, Sheet, as_text, write_form
from exchange.coursework.grading import plain
from exchange.coursework.notation import SIGNS, Value
from exchange.coursework.queries import Grid
from exchange.coursework.queries.grid import Pupil
from exchange.coursework.scales import HIGHEST, Measure

MARK = "exchange-marks"
HEAD_ROWS, MOST_ROWS, LONGEST = 20, 1000, 60
NUMBER_HEADINGS = {"学号", "studentno.", "studentno", "studentnumber"}
NAME_HEADINGS = {"姓名", "学生姓名", "name", "studentname"}
SIGNIFICANT = 10
"""Digits of a number that a formula has made: 86.30000000000001 is 86.3."""

Place = tuple[int, int]
"""A student and an assessment, by id."""


class Named(Protocol):
    """What a column of marks is for: an assessment of a sheet, or a course."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class FilledRow:
    """A row as it stands in the file; ``values`` by the id of the assessment, empty cells are left out."""

    number: int  # as Excel shows it
    student_no: str
    name: str
    values: dict[int, str]


@dataclass
class Filled:
    """A workbook that came back; ``known`` is version and value of the cells when it was made."""

    sheet_id: int | None = None
    known: dict[Place, tuple[int, str]] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)  # heading → assessment
    unmapped: list[str] = field(default_factory=list)
    rows: list[FilledRow] = field(default_factory=list)


def workbook_of(sheet_id: int, grid: Grid) -> bytes:
    """The sheet to be filled in: one row for each student, locked but for the marks."""
    rows = [
        [row.student.student_no, row.student.name, *(_figure(cell.value) for cell in row.cells)] for row in grid.rows
    ]
    kept = [
        (row.student.id, cell.assessment.id, cell.version, str(cell.value)) for row in grid.rows for cell in row.cells
    ]
    return write_form(
        rows,
        identity=[(str(_("学号")), 16), (str(_("姓名")), 14)],
        entries=[_entry(assessment.name, assessment.maximum, grid.measure) for assessment in grid.assessments],
        kept=[(MARK, sheet_id), *kept],
        sheet=str(_("成绩")),
    )


def empty_table(columns: Sequence[Named], students: Sequence[Pupil], measure: Measure) -> bytes:
    """A row for each student, a column of marks up to 100 for each of these courses."""
    return write_form(
        [[student.student_no, student.name, *(None for _column in columns)] for student in students],
        identity=[(str(_("学号")), 16), (str(_("姓名")), 14)],
        entries=[_entry(column.name, HIGHEST, measure) for column in columns],
        kept=[],
        sheet=str(_("成绩")),
    )


def read_filled(sheets: Sequence[Sheet], assessments: Sequence[Named]) -> Filled:
    """What was filled in for assessments, or courses. Raises ``UsageProblem`` where no sheet has a head with them."""
    filled = Filled()
    for sheet in sheets:
        if sheet.name == KEPT_SHEET:
            _read_kept(sheet, filled)
    for sheet in sheets:
        if sheet.name != KEPT_SHEET and (head := _find_head(sheet, assessments)):
            _read_rows(sheet, head, assessments, filled)
            return filled
    names = listed(assessment.name for assessment in assessments)
    raise UsageProblem(_("没有找到表头。要有一行写着 学号 或 姓名，还有各列的名字：%(names)s。", names=names))


def sheet_named_in(sheets: Sequence[Sheet]) -> int | None:
    """Which mark sheet a workbook of ours was made from."""
    filled = Filled()
    for sheet in sheets:
        if sheet.name == KEPT_SHEET:
            _read_kept(sheet, filled)
    return filled.sheet_id


def comparable(text: str) -> str:
    """A name, number or heading without what people do not see: width, white space, case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def _figure(value: Value) -> object:
    return str(value) if value.special or value.level or value.score is None else float(value.score)


def _entry(name: str, maximum: int, measure: Measure) -> Entry:
    signs = [str(sign) for sign in SIGNS.values()]
    if not measure.has_figures:
        words = (*(str(level.label) for level in measure.points), *signs)
        hint = str(_("填 %(words)s。", words=listed(words)))
        return Entry(name, None, words, hint=hint, refusal=hint)
    words = tuple(signs)
    named = {"maximum": maximum, "words": listed(words)}
    return Entry(
        name,
        maximum,
        words,
        hint=str(_("0 到 %(maximum)s 分，或 %(words)s。", **named)),
        refusal=str(_("填 0 到 %(maximum)s 之间的数字，或 %(words)s。", **named)),
    )


def _read_kept(sheet: Sheet, filled: Filled) -> None:
    """Whoever changes the hidden sheet gains nothing: what it lacks is taken as unknown."""
    for number, row in enumerate(sheet.rows()):
        cells = [as_text(cell) for cell in row.cells]
        if number == 0:
            if len(cells) < 2 or cells[0] != MARK or not _is_id(cells[1]):
                return
            filled.sheet_id = int(cells[1])
        elif len(cells) >= 3 and all(map(_is_id, cells[:3])):
            student, assessment, version = map(int, cells[:3])
            filled.known[student, assessment] = version, cells[3] if len(cells) > 3 else ""
        if number > MOST_ROWS * MOST_ROWS:
            return


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10


def _find_head(sheet: Sheet, assessments: Sequence[Named]) -> Row | None:
    names = {comparable(assessment.name) for assessment in assessments}
    for row in sheet.first_rows(HEAD_ROWS):
        headings = {_heading(cell, names) for cell in row.cells}
        if headings & (NUMBER_HEADINGS | NAME_HEADINGS) and headings & names:
            return row
    return None


def _heading(cell: Cell, names: Collection[str]) -> str:
    """A name as it is, or else without what stands behind it in brackets: 期末（占 40%，满分 100）."""
    whole = comparable(as_text(cell))
    return whole if whole in names else whole.partition("(")[0]


def _read_rows(sheet: Sheet, head: Row, assessments: Sequence[Named], filled: Filled) -> None:
    ids = {comparable(assessment.name): assessment.id for assessment in assessments}
    places: dict[int, int] = {}
    numbers, names = [], []
    for place, cell in enumerate(head.cells):
        heading, written = _heading(cell, ids), as_text(cell)[:LONGEST]
        if heading in NUMBER_HEADINGS:
            numbers.append(place)
        elif heading in NAME_HEADINGS:
            names.append(place)
        elif heading in ids and ids[heading] in filled.columns.values():
            raise UsageProblem(_("第 %(row)s 行有两列都叫“%(name)s”。删掉一列再上传。", row=head.number, name=written))
        elif heading in ids:
            filled.columns[written], places[place] = ids[heading], ids[heading]
        elif heading:
            filled.unmapped.append(written)
    for row in _rows_below(sheet, head):
        values = {assessment: _typed(row, place) for place, assessment in places.items()}
        values = {assessment: text for assessment, text in values.items() if text}
        number, name = _first(row, numbers), _first(row, names)
        if values or number or name:
            filled.rows.append(FilledRow(row.number, number, name, values))


def _rows_below(sheet: Sheet, head: Row) -> Iterator[Row]:
    for count, row in enumerate(row for row in sheet.rows() if row.number > head.number):
        if count == MOST_ROWS:
            raise UsageProblem(_("一张成绩表最多读 %(most)s 行。只留这个班的学生再上传。", most=MOST_ROWS))
        yield row


def _first(row: Row, places: Sequence[int]) -> str:
    """The first of these cells that is not empty."""
    return next((text for place in places if (text := as_text(_cell(row, place)))), "")


def _cell(row: Row, place: int) -> Cell:
    return row.cells[place] if place < len(row.cells) else None


def _typed(row: Row, place: int) -> str:
    cell = _cell(row, place)
    if isinstance(cell, float):
        return plain(Decimal(f"{cell:.{SIGNIFICANT}g}"))
    return as_text(cell)
