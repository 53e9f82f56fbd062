"""Reads .xlsx, .xls and CSV files from strangers into plain sheets; refuses the rest with one sentence."""

import csv
import io
import json
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

MAX_BYTES = 64 * 1024**2
SECONDS = 180
CHUNK = 500
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
XLSX, OLE = b"PK", b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

REFUSALS = {
    "extension": _("只能读取 .xlsx、.xls 和 .csv 文件。"),
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


class Row(NamedTuple):
    """A row with the number that Excel shows. Cells keep their type: text, number, date, or None when empty."""

    number: int
    cells: tuple[Cell, ...]


@dataclass
class Sheet:
    """One sheet; ``rows()`` can be walked through again and again, rows without content are left out."""

    name: str
    merged: list[list[int]] = field(default_factory=list)  # [top row, left column, bottom row, right column]
    row_count: int = 0
    _chunks: list[bytes] = field(default_factory=list, repr=False)

    def rows(self) -> Iterator[Row]:
        for chunk in self._chunks:
            for number, *cells in json.loads(zlib.decompress(chunk)):
                yield Row(number, tuple(map(_decoded, cells)))

    def first_rows(self, count: int) -> list[Row]:
        return [*islice(self.rows(), count)]

    def keep(self, rows: list[list[object]]) -> None:
        """Packs rows ``[number, cell, …]``: 50,000 students stay below 20 MB."""
        self._chunks.append(zlib.compress(json.dumps(rows, ensure_ascii=False).encode(), 1))
        self.row_count += len(rows)

    @classmethod
    def of(cls, rows: Iterable[Iterable[Cell]], *, name: str = "", merged: Iterable[list[int]] = ()) -> "Sheet":
        """A sheet from plain rows, the first of which is row 1; empty text counts as empty."""
        sheet = cls(name, [*merged])
        pending: list[list[object]] = []
        for number, cells in enumerate(rows, start=1):
            encoded = [_encoded(cell) for cell in cells]
            if any(cell is not None for cell in encoded):
                pending.append([number, *encoded])
            if len(pending) == CHUNK:
                sheet.keep(pending)
                pending = []
        if pending:
            sheet.keep(pending)
        return sheet


def read(source: bytes | Path, filename: str = "") -> list[Sheet]:
    """The sheets of a file. Raises UsageProblem, with what is wrong and what to do, for a file that cannot be used."""
    data = _bytes_of(source)
    name = filename or (source.name if isinstance(source, Path) else "")
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise UsageProblem(REFUSALS["extension"])
    if not data:
        raise UsageProblem(REFUSALS["empty"])
    sheets = reader(data)
    if not any(sheet.row_count for sheet in sheets):
        raise UsageProblem(REFUSALS["no_rows"])
    return sheets


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
    return _read_in_child(data)


def _read_in_child(data: bytes) -> list[Sheet]:
    """The workbook library can abort its process and fill the memory, so it runs in one of its own, under limits."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("child.py"))]
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
        raise UsageProblem(REFUSALS["damaged"])
    return sheets


def _collect(output: IO[bytes]) -> list[Sheet]:
    """Packs the rows as they come, so that never a whole sheet lies open in memory."""
    sheets: list[Sheet] = []
    for line in output:
        try:
            document = json.loads(line)
        except ValueError:
            break  # the child died in the middle of a line; its exit status says so
        if "refused" in document:
            raise UsageProblem(REFUSALS[document["refused"]])
        if "sheet" in document:
            sheets.append(Sheet(document["sheet"], document["merged"]))
        else:
            sheets[-1].keep(document["rows"])
    return sheets


def _read_csv(data: bytes) -> list[Sheet]:
    if data.startswith((XLSX + b"\x03\x04", OLE)):
        raise UsageProblem(REFUSALS["mismatch"])
    text = _decode(data)
    if any(ord(character) < 32 and character not in "\t\r\n\f\v" for character in set(text)):
        raise UsageProblem(REFUSALS["not_text"])
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return [Sheet.of(rows)]
    except csv.Error as error:
        raise UsageProblem(REFUSALS["long_cell" if "field limit" in str(error) else "quotes"]) from None


def _decode(data: bytes) -> str:
    """BOM, strict UTF-8, UTF-16 without a BOM, else GB18030. Guessing libraries call short GBK files Korean."""
    bom = next((encoding for mark, encoding in BOMS.items() if data.startswith(mark)), None)
    guesses = [bom] if bom else ["utf-8", "gb18030"]
    if not bom and b"\0" in data:
        guesses = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    for encoding in guesses:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageProblem(REFUSALS["not_text"])


def _delimiter(text: str) -> str:
    head = text[:20_000]
    return max(",\t;", key=head.count)


def _encoded(cell: Cell) -> object:
    if isinstance(cell, date):
        return {"d": cell.isoformat()[:10]}
    return None if cell == "" else cell


def _decoded(cell: object) -> Cell:
    return date.fromisoformat(cell["d"]) if isinstance(cell, dict) else cell  # type: ignore[return-value]


READERS: dict[str, Callable[[bytes], list[Sheet]]] = {".xlsx": _read_xlsx, ".xls": _read_xls, ".csv": _read_csv}
