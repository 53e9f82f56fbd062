"""Files as strangers send them: old workbooks, and parts of new ones that are not as they should be."""

import io
import struct
import zipfile

from exchange.core.spreadsheets import write

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
SHEET = "xl/worksheets/sheet1.xml"
BOOK = write([["刀玉兰", "999999201105161011"]], columns=["姓名", "身份证号"])


def repacked(change, part=SHEET, data=BOOK):
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return buffer.getvalue()


def with_rows(xml, *, data=BOOK):
    """The workbook with these rows in the place of its own."""
    begin, end = b"<sheetData>", b"</sheetData>"
    return repacked(lambda old: old[: old.index(begin) + len(begin)] + xml + old[old.index(end) :], data=data)


def with_part(name, content):
    """The workbook with one part more."""
    buffer = io.BytesIO(BOOK)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return buffer.getvalue()


def zip_bomb(megabytes):
    """A workbook of a few kilobytes that unpacks to so much."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open(SHEET, "w", force_zip64=True) as part:
            for _number in range(megabytes):
                part.write(b" " * 2**20)
    return buffer.getvalue()


def old_workbook(rows, *, merged=(), password=False):
    """An .xls (BIFF8) with one sheet of texts and numbers."""
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0x0600))
    head += _record(0x002F, b"\x01\x00\x01\x00" + b"\0" * 50) if password else b""
    head += _record(0x0042, struct.pack("<H", 1200))
    name = "名单".encode("utf-16-le")
    place = len(head) + 4 + 8 + len(name) + 4
    bound = struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0x0600))
    for row, cells in enumerate(rows):
        sheet += b"".join(_cell(row, column, cell) for column, cell in enumerate(cells) if cell is not None)
    if merged:
        areas = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merged)
        sheet += _record(0x00E5, struct.pack("<H", len(merged)) + areas)
    sheet += _record(0x000A, b"")
    return compound_file({"Workbook": head + _record(0x0085, bound) + _record(0x000A, b"") + sheet})


def compound_file(streams):
    """An OLE file of these streams, as .xls and locked .xlsx are."""
    padded = {name: data.ljust(-(-max(len(data), 4096) // SECTOR) * SECTOR, b"\0") for name, data in streams.items()}
    entries, chain, place = [_entry("Root Entry", 5, END, 0, child=1)], [FAT, END], 2
    for number, (name, data) in enumerate(padded.items(), start=1):
        following = number + 1 if number < len(padded) else FREE
        entries.append(_entry(name, 2, place, len(data), right=following))
        sectors = len(data) // SECTOR
        chain += [*range(place + 1, place + sectors), END]
        place += sectors
    fat = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = b"".join(entries).ljust(SECTOR, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<109I", 0, *[FREE] * 108)
    return header + fat + directory + b"".join(padded.values())


def _entry(name, kind, start, size, *, right=FREE, child=FREE):
    written = (name + "\0").encode("utf-16-le")
    entry = written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, FREE, right, child)
    return entry + b"\0" * 36 + struct.pack("<IQ", start, size)


def _cell(row, column, cell):
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    text = cell.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)


def _record(kind, data):
    return struct.pack("<HH", kind, len(data)) + data
