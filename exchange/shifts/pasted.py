"""The roster of a host as it comes: a table of name, date, start, end and break. Every bad line is named."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import NamedTuple

from exchange.core.i18n import _
from exchange.core.spreadsheets import Sheet, as_text
from exchange.core.templating import format_short_date
from exchange.placements.facts.document import Shift
from exchange.placements.models import Placement

MOST_LINES = 20_000
CELLS = 5
SEPARATOR = re.compile(r"\t|,|，|;|；|\s+")
HEAD = ("姓名", "name", "学号")
DAY = re.compile(r"(\d{4})\D+(\d{1,2})\D+(\d{1,2})日?(?:[ T]00:00:00)?")
CLOCK = re.compile(r"([01]?\d|2[0-4])[:：点](\d{2})?(?::00)?分?")
HALF_A_DAY = 720  # minutes of break; more is a slip of the pen


class BadLine(NamedTuple):
    """What is wrong with a line of the table, by the number that the person sees."""

    number: int
    sentence: str


@dataclass
class Roster:
    """What a table says: placement → its shifts, and the lines that say nothing usable."""

    shifts: dict[int, list[Shift]] = field(default_factory=lambda: defaultdict(list))
    bad: list[BadLine] = field(default_factory=list)


class _Unusable(ValueError):
    """One cell that cannot be read, in a sentence."""


def lines_of_text(text: str) -> list[tuple[int, list[str]]]:
    """The lines of a pasted table with their numbers; tabs, commas or spaces part the cells."""
    lines = enumerate(text.splitlines(), start=1)
    return [(number, SEPARATOR.split(line.strip())) for number, line in lines if line.strip()]


def lines_of_sheet(sheet: Sheet) -> list[tuple[int, list[str]]]:
    """The rows of a workbook with the numbers that Excel shows."""
    return [(row.number, [_cell(cell) for cell in row.cells]) for row in sheet.rows()]


def _cell(cell: object) -> str:
    """Excel keeps a time as the part of a day."""
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return as_text(cell)  # type: ignore[arg-type]  # whatever a sheet holds


def read_roster(lines: Sequence[tuple[int, list[str]]], placements: Iterable[Placement]) -> Roster:
    """Whose shift each line is. A head is skipped; a line that cannot be read or that says a day twice is named."""
    roster, people = Roster(), _people(placements)
    seen: dict[tuple[int, date | None], int] = {}
    if len(lines) > MOST_LINES:
        roster.bad.append(BadLine(MOST_LINES + 1, str(_("最多 %(most)s 行，分几次贴。", most=MOST_LINES))))
        return roster
    for number, cells in lines[_head(lines) :]:
        try:
            placement, shift = _entry(cells, people)
            _check_once(seen, placement, shift, number)
        except _Unusable as problem:
            roster.bad.append(BadLine(number, str(problem)))
        else:
            roster.shifts[placement.id].append(shift)
    return roster


def _head(lines: Sequence[tuple[int, list[str]]]) -> int:
    return int(bool(lines) and lines[0][1][0].strip().lower() in HEAD)


def _people(placements: Iterable[Placement]) -> dict[str, Placement | None]:
    """By number and by name; a name that two share leads to nobody."""
    placements = list(placements)
    names = Counter(each.student.name for each in placements)
    people: dict[str, Placement | None] = {
        each.student.name: each if names[each.student.name] == 1 else None for each in placements
    }
    return people | {each.student.student_no: each for each in placements}


def _entry(cells: Sequence[str], people: Mapping[str, Placement | None]) -> tuple[Placement, Shift]:
    filled = [cell.strip() for cell in cells]
    if len(filled) < CELLS or not all(filled[:CELLS]):
        raise _Unusable(_("要有五格：姓名、日期、上班、下班、休息分钟（没有休息写 0）。"))
    name, day, start, end, pause = filled[:CELLS]
    placement = _person(name, people)
    shift = Shift(_day(day), _clock(start), _clock(end), _minutes(pause))
    _check_in_placement(placement, shift)
    return placement, shift


def _person(name: str, people: Mapping[str, Placement | None]) -> Placement:
    if name not in people:
        raise _Unusable(_("“%(name)s”不是这个岗位上的学生。", name=name[:20]))
    placement = people[name]
    if placement is None:
        raise _Unusable(_("有两名学生叫%(name)s，这一格改写学号。", name=name))
    return placement


def _day(text: str) -> date:
    found = DAY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        return date(*map(int, found.groups()))
    except ValueError:
        raise _Unusable(_("“%(text)s”不是日期，写成 2026-03-02 这样。", text=text[:20])) from None


def _clock(text: str) -> time:
    found = CLOCK.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        return datetime.strptime(f"{int(found[1]) % 24}:{found[2] or '00'}", "%H:%M").time()
    except ValueError:
        raise _Unusable(_("“%(text)s”不是时间，写成 09:00 这样。", text=text[:20])) from None


def _minutes(text: str) -> int:
    digits = text.removesuffix("分钟").removesuffix("分")
    if not digits.isdecimal() or int(digits) > HALF_A_DAY:
        raise _Unusable(_("“%(text)s”不是休息的分钟数，写 0 到 %(most)s 的整数。", text=text[:20], most=HALF_A_DAY))
    return int(digits)


def _check_in_placement(placement: Placement, shift: Shift) -> None:
    assert shift.date_ is not None  # it was read from the line
    if not placement.starts_on <= shift.date_ <= placement.ends_on:
        words = _("%(day)s 不在%(name)s的实习期间。", day=format_short_date(shift.date_), name=placement.student.name)
        raise _Unusable(words)


def _check_once(seen: dict[tuple[int, date | None], int], placement: Placement, shift: Shift, number: int) -> None:
    former = seen.setdefault((placement.id, shift.date_), number)
    if former != number:
        raise _Unusable(_("和第 %(line)s 行是同一个人同一天。一天上两段，写成一个班，中间的时间算休息。", line=former))
