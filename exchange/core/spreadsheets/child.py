"""The reader process: opens one untrusted workbook under limits and writes its rows to standard output.

It runs as a script of its own and imports nothing of the application: a hostile workbook can abort or fill this
process only. Standard input is the file; each line of output is one JSON document:
``{"sheet": name, "merged": [[top, left, bottom, right], …], "hidden": false}`` and then
``{"count":2,"rows":[[number, cell, …], …]}``, or ``{"refused": reason}``. Dates are ``{"d": "2011-05-16"}``. However
well the file was compressed, a line holds not many more than ``LINE_CHARACTERS`` and all lines together
``OUTPUT_CHARACTERS``, so that the reading side stays small.
"""

import contextlib
import datetime
import io
import json
import re
import sys
import zipfile
import zlib

MEMORY = 1024**3
CPU_SECONDS = 120
UNPACKED_BYTES = 1024**3
OUTPUT_CHARACTERS = 120_000_000
LINE_CHARACTERS = 1_000_000
CELL_CHARACTERS = 32_767  # what Excel itself puts into a cell
GRID_CELLS = 20_000_000
COLUMNS = 1000
SHEETS = 100
ROWS_PER_LINE = 500
VISIBLE = "SheetVisibleEnum.Visible"
FILLED_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*(?<!/)>""")
OVERLAP = 256


class Refused(Exception):
    """The reason, one of the keys of ``reading.REFUSALS``."""


def main() -> None:
    limit()
    data = sys.stdin.buffer.read()
    output = io.TextIOWrapper(sys.stdout.buffer, "utf-8")  # whatever the locale says
    with output:
        write(data, output)


def write(data: bytes, output: io.TextIOWrapper) -> None:
    try:
        if data[:2] == b"PK":
            check_package(data)
        written = 0
        for line in lines(data):
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            written += output.write(text + "\n")
            if written > OUTPUT_CHARACTERS:
                raise Refused("too_large")
    except Refused as refusal:
        output.write(json.dumps({"refused": str(refusal)}) + "\n")


def limit() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system, and never above a given limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check_package(data: bytes) -> None:
    """Refuses a zip bomb, a package that is no workbook, and a cell so far out that its grid would fill the memory."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if "xl/workbook.xml" not in names:
                raise Refused("not_a_workbook")
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise Refused("macros")
            if sum(entry.file_size for entry in package.infolist()) > UNPACKED_BYTES:
                raise Refused("too_large")
            for name in names:
                if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
                    check_grid(package, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise Refused("damaged") from None


def check_grid(package: zipfile.ZipFile, name: str) -> None:
    top, bottom, right, kept, size = 1 << 21, 0, 0, b"", 0
    with package.open(name) as stream:
        while chunk := stream.read(1 << 20):
            size += len(chunk)
            if size > UNPACKED_BYTES:
                raise Refused("too_large")
            found = FILLED_CELL.findall(kept + chunk)
            kept = chunk[-OVERLAP:]
            if found:
                rows = {int(row) for _column, row in found}
                top, bottom = min(top, *rows), max(bottom, *rows)
                right = max(right, *(column_number(letters) for letters in {column for column, _row in found}))
                if (bottom - top + 1) * right > GRID_CELLS:
                    raise Refused("too_far_out")


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def lines(data: bytes):
    import python_calamine

    try:
        workbook = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError:
        raise Refused("password") from None
    except Exception:  # the library raises many kinds; whatever it is, this file cannot be read
        raise Refused("damaged") from None
    hidden = {each.name for each in workbook.sheets_metadata if str(each.visible) != VISIBLE}
    for name in workbook.sheet_names[:SHEETS]:
        try:
            yield from sheet_lines(name, workbook.get_sheet_by_name(name), hidden=name in hidden)
        except python_calamine.WorksheetNotFound:
            continue  # a chart sheet
        except Refused:
            raise
        except Exception:  # as above
            raise Refused("damaged") from None


def sheet_lines(name: str, sheet, *, hidden: bool):
    if sheet.height * sheet.width > GRID_CELLS or (sheet.end or (0, 0))[1] >= COLUMNS:
        raise Refused("too_far_out")
    yield {"sheet": name, "merged": merged_ranges(sheet), "hidden": hidden}
    if not sheet.height:
        return
    rows, size = [], 0
    start_row, start_column = sheet.start or (0, 0)
    lead = [None] * start_column
    for index, cells in enumerate(sheet.iter_rows()):
        if index < start_row:
            continue  # iter_rows counts from the first row of the sheet; these are empty
        plain = lead + [encoded(cell) for cell in cells]
        while plain and plain[-1] is None:
            plain.pop()
        if plain:
            rows.append([index + 1, *plain])
            size += sum(len(cell) for cell in plain if cell.__class__ is str)
        if len(rows) >= ROWS_PER_LINE or size > LINE_CHARACTERS:
            yield {"count": len(rows), "rows": rows}
            rows, size = [], 0
    if rows:
        yield {"count": len(rows), "rows": rows}


def merged_ranges(sheet) -> list[list[int]]:
    """``[top row, left column, bottom row, right column]``; rows as Excel counts them, columns from 0."""
    try:
        ranges = sheet.merged_cell_ranges or ()
    except Exception:  # the old format does not tell; a head is then understood without
        return []
    return [[start[0] + 1, start[1], end[0] + 1, end[1]] for start, end in ranges[:1000]]


def encoded(cell):
    if isinstance(cell, str):
        return cell[:CELL_CHARACTERS].replace("\0", "") or None  # databases hold no NUL
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return {"d": cell.date().isoformat()} if midnight else cell.isoformat(" ", "seconds")
    if isinstance(cell, datetime.date):
        return {"d": cell.isoformat()}
    if isinstance(cell, datetime.time | datetime.timedelta):
        return str(cell)
    return cell


if __name__ == "__main__":
    main()
