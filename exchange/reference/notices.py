"""The yearly notice of the State Council on days off, as a file: ``date,kind,name``, every day that is no plain one.

``kind`` is ``holiday`` (a statutory day), ``rest_day`` (any other day off, exchanged or substituted) or ``workday`` (a
Saturday or Sunday that is worked). Lines that begin with ``#`` say where it comes from.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.reference.calendar import DayKind, Year

COLUMNS = ["date", "kind", "name"]
STATUTORY = {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}
SAME = {"农历除夕": "春节", "除夕": "春节", "清明": "清明节", "端午": "端午节", "中秋": "中秋节", "国庆": "国庆节"}
MOST_BYTES = 100_000


class Notice(NamedTuple):
    """A whole year."""

    year: int
    calendar: Year


class _Line(NamedTuple):
    number: int
    day: date
    kind: DayKind
    name: str


def read_notice(path: Path) -> Notice:
    """The year that a file describes. Raises ``UsageProblem`` with the line and what is wrong with it.

    A year has its thirteen statutory days by name, and at least one weekend day that is worked: without exchanged days
    it would be no notice but a guess.
    """
    lines = list(_lines(_text(path)))
    _check_days(lines)
    _check_year(lines)
    kinds = {kind: {each.day: each.name for each in lines if each.kind is kind} for kind in DayKind}
    working = frozenset(kinds[DayKind.WORKDAY])
    calendar = Year(kinds[DayKind.HOLIDAY], kinds[DayKind.REST_DAY], working, is_announced=True)
    return Notice(lines[0].day.year, calendar)


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()[: MOST_BYTES + 1]
    except OSError as error:
        raise UsageProblem(_("%(name)s：无法读取（%(why)s）。", name=path, why=error.strerror)) from None
    if len(content) > MOST_BYTES:
        raise UsageProblem(_("%(name)s 太大，不是一年的放假安排。", name=path))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageProblem(_("%(name)s 不是 UTF-8 编码的文字。", name=path)) from None


def _lines(text: str) -> Iterator[_Line]:
    rows = [(number, row) for number, row in enumerate(text.splitlines(), start=1) if _says_something(row)]
    if not rows or rows[0][1].strip() != ",".join(COLUMNS):
        raise UsageProblem(_("第一行要写 date,kind,name。"))
    for number, row in rows[1:]:
        cells = [cell.strip() for cell in next(csv.reader([row]))]
        if len(cells) != len(COLUMNS):
            _refuse(number, _("要有三格：日期、类别、名称"))
        yield _Line(number, _day(number, cells[0]), _kind(number, cells[1]), cells[2])


def _says_something(row: str) -> bool:
    return bool(row.strip()) and not row.startswith("#")


def _day(number: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse(number, _("“%(text)s”不是日期，写成 2027-01-01 这样", text=text[:20]))


def _kind(number: int, text: str) -> DayKind:
    try:
        return DayKind(text)
    except ValueError:
        _refuse(number, _("类别只能写 holiday、rest_day 或 workday"))


def _check_days(lines: Iterable[_Line]) -> None:
    seen: dict[date, int] = {}
    for each in lines:
        if (former := seen.setdefault(each.day, each.number)) != each.number:
            _refuse(each.number, _("和第 %(line)s 行是同一天", line=former))
        if each.kind is DayKind.WORKDAY and each.day.weekday() < 5:
            _refuse(each.number, _("%(day)s 不是周末，本来就上班", day=each.day))
        if each.kind is DayKind.HOLIDAY and SAME.get(each.name, each.name) not in STATUTORY:
            _refuse(each.number, _("“%(name)s”不是法定节日", name=each.name[:20]))


def _check_year(lines: list[_Line]) -> None:
    years = {each.day.year for each in lines}
    if len(years) != 1:
        raise UsageProblem(_("一个文件只写一年，每一天都在这一年里。"))
    for name, days in STATUTORY.items():
        found = sum(each.kind is DayKind.HOLIDAY and SAME.get(each.name, each.name) == name for each in lines)
        if found != days:
            words = _("%(name)s法定放假 %(days)s 天，文件里写了 %(found)s 天。", name=name, days=days, found=found)
            raise UsageProblem(words)
    if not any(each.kind is DayKind.WORKDAY for each in lines):
        raise UsageProblem(_("文件里没有一个调休上班的周末（workday）。通知里写明了要上班的周末，补上再试。"))


def _refuse(number: int, what: object) -> NoReturn:
    raise UsageProblem(_("第 %(number)s 行：%(what)s。", number=number, what=what))
