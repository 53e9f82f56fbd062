"""Reads .xlsx, .xls and CSV files from strangers into plain sheets; refuses the rest with one sentence."""

import csv
import io
import json
import re
import signal
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path, PurePath
from threading import Timer
from typing import IO, NamedTuple

from exchange.core.errors import UsageProblem
from exchange.core.i18n import _

Cell = str | int | float | bool | date | None

CHILD = Path(__file__).with_name("child.py")
MAX_BYTES = 64 * 1024**2
SECONDS = 180
CHUNK = 500
COLUMNS = 1000
PIECE = 1 << 16
HEAD_BYTES = 40_000
CONTROL = frozenset(map(chr, range(32))) - set("\t\r\n\f\v")
GB_BOM = b"\x84\x31\x95\x33"  # U+FEFF in GB 18030; Python's codec leaves it in the text
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", GB_BOM: "gb18030"}
XLSX, OLE = b"PK", b"\xd0\xcf\x11\xe0"
WITH_MACROS = {".xlsm", ".xltm"}
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

REFUSALS = {
    "extension": _("只能读取 .xlsx、.xls 和 .csv 文件。"),
    "macros": _("这是带宏的工作簿。用 Excel 或 WPS 另存为不带宏的 .xlsx 后再导入。"),
    "empty": _("文件是空的。"),
    "no_rows": _("表格里没有内容。"),
    "too_large": _("文件太大，读不了。分成几个文件再导入。"),
    "too_far_out": _("表格里有单元格离其他内容太远。删掉多余的行和列，另存后再导入。"),
    "not_a_workbook": _("这不是 Excel 工作簿。用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
    "mismatch": _("文件的内容和扩展名不一致。用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
    "password": _("文件有密码。取消密码后再导入。"),
    "damaged": _("文件已损坏或不完整。重新保存或重新下载后再导入。"),
    "not_text": _("CSV 文件的文字编码读不出来。用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
    "long_cell": _("CSV 文件里有一格长得读不了，多半是少了一个引号。用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
    "quotes": _("CSV 文件的引号不成对。用 Excel 或 WPS 另存为 .xlsx 后再导入。"),
}


BEGIN, LOCK, RECORDS = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F, 8
"""Of an old workbook (BIFF8): how it begins, the record that says it has a password, and how far that may stand."""
KILLED = {-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGXCPU}
"""How a reader process ends that a file has filled or kept too long."""
COUNT = re.compile(rb'^\{"count":(\d+),')


class UnknownHead(UsageProblem):
    """No row of the file was recognised as its head.

    ``headings`` stand in the row that looks most like one, so that a person can say what they mean; ``sheets`` names
    the sheets that hold something.
    """

    def __init__(self, sentence: str, *, headings: list[str], sheets: list[str]):
        super().__init__(sentence)
        self.headings, self.sheets = headings, sheets


class Row(NamedTuple):
    """A row with the number that Excel shows. Cells keep their type: text, number, date, or None when empty."""

    number: int
    cells: tuple[Cell, ...]


@dataclass
class Sheet:
    """One sheet; ``rows()`` can be walked through again and again, rows without content are left out."""

    name: str
    merged: list[list[int]] = field(default_factory=list)  # [top row, left column, bottom row, right column]
    hidden: bool = False  # by whoever made the workbook
    row_count: int = 0
    _chunks: list[bytes] = field(default_factory=list, repr=False)

    def rows(self) -> Iterator[Row]:
        for chunk in self._chunks:
            for number, *cells in json.loads(zlib.decompress(chunk))["rows"]:
                yield Row(number, tuple(map(_decoded, cells)))

    def first_rows(self, count: int) -> list[Row]:
        return [*islice(self.rows(), count)]

    def keep(self, packed: bytes, count: int) -> None:
        """Adds rows, as the reader process writes them. 50,000 students stay below 20 MB."""
        self._chunks.append(zlib.compress(packed, 1))
        self.row_count += count

    @classmethod
    def of(cls, rows: Iterable[Iterable[Cell]], *, name: str = "", merged: Iterable[list[int]] = ()) -> "Sheet":
        """A sheet from plain rows, the first of which is row 1; empty text counts as empty."""
        sheet = cls(name, [*merged])
        encoded = ([number, *map(_encoded, cells)] for number, cells in enumerate(rows, start=1))
        filled = (row for row in encoded if any(cell is not None for cell in row[1:]))
        while chunk := [*islice(filled, CHUNK)]:
            sheet.keep(json.dumps({"rows": chunk}, ensure_ascii=False).encode(), len(chunk))
        return sheet


def read(source: bytes | Path, filename: str = "") -> list[Sheet]:
    """The sheets of a file. Raises UsageProblem, with what is wrong and what to do, for a file that cannot be used."""
    data = _bytes_of(source)
    name = filename or (source.name if isinstance(source, Path) else "")
    check_filename(name)
    if not data:
        raise UsageProblem(REFUSALS["empty"])
    sheets = READERS[_suffix(name)](data)
    if not any(sheet.row_count for sheet in sheets):
        raise UsageProblem(REFUSALS["no_rows"])
    return sheets


def check_filename(filename: str) -> None:
    """Raises UsageProblem for a file that is none of those that can be read."""
    suffix = _suffix(filename)
    if suffix not in READERS:
        raise UsageProblem(REFUSALS["macros" if suffix in WITH_MACROS else "extension"])


def as_text(cell: Cell) -> str:
    """A cell as a person would have typed it: 3.0 is ``3``, a date ``2011-05-16``, white space around is dropped."""
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _suffix(filename: str) -> str:
    return PurePath(filename).suffix.lower()


def _bytes_of(source: bytes | Path) -> bytes:
    if isinstance(source, bytes):
        if len(source) > MAX_BYTES:
            raise UsageProblem(REFUSALS["too_large"])
        return source
    try:
        if source.stat().st_size > MAX_BYTES:
            raise UsageProblem(REFUSALS["too_large"])
        return source.read_bytes()
    except OSError as error:
        raise UsageProblem(_("打不开文件 %(path)s：%(reason)s", path=source, reason=error.strerror)) from None


def _read_xlsx(data: bytes) -> list[Sheet]:
    if data.startswith(OLE):
        raise UsageProblem(REFUSALS["password" if ENCRYPTED in data else "mismatch"])
    if not data.startswith(XLSX):
        raise UsageProblem(REFUSALS["not_a_workbook"])
    return _read_in_child(data)


def _read_xls(data: bytes) -> list[Sheet]:
    if not data.startswith(OLE):
        raise UsageProblem(REFUSALS["mismatch" if data.startswith(XLSX) else "not_a_workbook"])
    if ENCRYPTED in data or _is_locked(data):
        raise UsageProblem(REFUSALS["password"])
    return _read_in_child(data)


def _is_locked(data: bytes) -> bool:
    """Whether a record among the first of an old workbook says so; the library only says that it cannot read it."""
    place = data.find(BEGIN)
    for _number in range(RECORDS):
        kind, length = int.from_bytes(data[place : place + 2], "little"), data[place + 2 : place + 4]
        if place < 0 or not length or kind == LOCK:
            return place >= 0 and kind == LOCK
        place += 4 + int.from_bytes(length, "little")
    return False


def _read_in_child(data: bytes) -> list[Sheet]:
    """The workbook library can abort its process and fill the memory, so it runs in one of its own, under limits."""
    command = [sys.executable, "-P", str(CHILD)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert child.stdin is not None  # both are pipes
    assert child.stdout is not None
    clock = Timer(SECONDS, child.kill)
    clock.start()
    sheets: list[Sheet] = []
    try:
        with child, suppress(BrokenPipeError):  # a child that died does not read on; its exit status says so
            child.stdin.write(data)
            child.stdin.close()
            sheets = _collect(child.stdout)
    finally:
        clock.cancel()
    if child.returncode != 0:
        raise UsageProblem(REFUSALS["too_large" if child.returncode in KILLED else "damaged"])
    return sheets


def _collect(output: IO[bytes]) -> list[Sheet]:
    """Packs the rows as they come, unopened, so that never a whole sheet lies open in memory."""
    sheets: list[Sheet] = []
    for line in output:
        if not line.endswith(b"\n"):
            break  # the child died in the middle of a line; its exit status says so
        if counted := COUNT.match(line):
            sheets[-1].keep(line, int(counted[1]))
            continue
        document = json.loads(line)
        if "refused" in document:
            raise UsageProblem(REFUSALS[document["refused"]])
        sheets.append(Sheet(document["sheet"], document["merged"], document["hidden"]))
    return sheets


def _read_csv(data: bytes) -> list[Sheet]:
    if data.startswith((XLSX + b"\x03\x04", OLE)):
        raise UsageProblem(REFUSALS["mismatch"])
    encoding = _encoding(data)
    data = data.removeprefix(GB_BOM)
    try:
        rows = csv.reader(_opened(data, encoding), delimiter=_delimiter(data, encoding), strict=True)
        return [Sheet.of(_narrow(rows))]
    except csv.Error as error:
        raise UsageProblem(REFUSALS["long_cell" if "field limit" in str(error) else "quotes"]) from None


def _narrow(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        if len(row) > COLUMNS:
            raise UsageProblem(REFUSALS["too_far_out"])
        yield row


def _encoding(data: bytes) -> str:
    """BOM, strict UTF-8, UTF-16 without a BOM, else GB18030. Guessing libraries call short GBK files Korean."""
    bom = next((encoding for mark, encoding in BOMS.items() if data.startswith(mark)), None)
    guesses = [bom] if bom else ["utf-8", "gb18030"]
    if not bom and b"\0" in data:
        guesses = [encoding for encoding in [_wide(data[:HEAD_BYTES])] if "\n" in _head(data, encoding)]
    for encoding in guesses:
        if _is_text(data, encoding):
            return encoding
    raise UsageProblem(REFUSALS["not_text"])


def _is_text(data: bytes, encoding: str) -> bool:
    """Read piece by piece: the text of a large file would take four times its room."""
    try:
        with _opened(data, encoding) as text:
            while piece := text.read(PIECE):
                if not CONTROL.isdisjoint(piece):
                    return False
    except UnicodeDecodeError:
        return False
    return True


def _wide(data: bytes) -> str:
    return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"


def _opened(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, newline="")


def _delimiter(data: bytes, encoding: str) -> str:
    """What parts most cells of the first lines."""
    return max(",\t;", key=_head(data, encoding).count)


def _head(data: bytes, encoding: str) -> str:
    return data[:HEAD_BYTES].decode(encoding, "ignore")


def _encoded(cell: Cell) -> object:
    if isinstance(cell, date):
        return {"d": cell.isoformat()[:10]}
    return None if cell == "" else cell


def _decoded(cell: object) -> Cell:
    return date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell  # type: ignore[return-value]


READERS: dict[str, Callable[[bytes], list[Sheet]]] = {".xlsx": _read_xlsx, ".xls": _read_xls, ".csv": _read_csv}
