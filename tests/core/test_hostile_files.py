"""What strangers send by mistake or on purpose: a sentence each, in bounded memory, and the work goes on."""

import io
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import read, reading
from tests.examples import examples
from tests.factories.workbooks import (
    BOOK,
    SHEET,
    compound_file,
    old_workbook,
    repacked,
    with_part,
    with_rows,
    zip_bomb,
)

ROOT = Path(__file__).parents[2]
ROWS = [["姓名", "身份证号"], ["刀玉兰", "999999201105161011"]]
OLD = old_workbook(ROWS)
CSV = "姓名,身份证号\n刀玉兰,999999201105161011\n"
LOCKED = compound_file({"EncryptionInfo": b"\x04\x00\x04\x00", "EncryptedPackage": b"sealed"})
LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(98, 107)
)
FOREIGN = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
DAMAGED, TOO_LARGE, FAR = "文件已损坏", "文件太大", "离其他内容太远"


def cell(reference, text):
    """A row with one cell."""
    row = reference.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return b'<row r="%s"><c r="%s" t="inlineStr"><is><t>%s</t></is></c></row>' % (row, reference, text)


def with_entity(declaration, use):
    """The sheet with a document type of its own, and a cell that uses it."""
    used = with_rows(cell(b"A1", use) + cell(b"B2", b"x"))
    return repacked(lambda xml: xml.replace(b"?>", b"?>" + declaration, 1), data=used)


def endless(cells):
    """A workbook of so many cells of 30,000 letters each, which packs well."""
    buffer = io.BytesIO(BOOK)
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        head, _begin, _rest = old.read(SHEET).partition(b"<sheetData>")
        for name in old.namelist():
            if name != SHEET:
                new.writestr(name, old.read(name))
        with new.open(SHEET, "w") as part:
            part.write(head + b"<sheetData>")
            for row in range(1, cells + 1):
                part.write(cell(b"A%d" % row, b"x" * 30_000))
            part.write(b"</sheetData></worksheet>")
    return buffer.getvalue()


def flags_locked(data):
    """The package as if its parts had a password."""
    return data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"
    )


REFUSED = {
    "empty file": (b"", "a.xlsx", "文件是空的"),
    "empty csv": (b"", "a.csv", "文件是空的"),
    "only a BOM": (b"\xef\xbb\xbf", "a.csv", "没有内容"),
    "another type": (BOOK, "a.ods", "只能读取"),
    "macros": (BOOK, "a.xlsm", "宏"),
    "macros under another name": (with_part("xl/vbaProject.bin", b"x"), "a.xlsx", "宏"),
    "PDF renamed": (b"%PDF-1.7\n%\xe2\xe3", "a.xlsx", "不是 Excel"),
    "PDF renamed to old": (b"%PDF-1.7\n%\xe2\xe3", "a.xls", "不是 Excel"),
    "picture renamed": (b"\x89PNG\r\n\x1a\n", "a.csv", "编码"),
    "Word renamed": (compound_file({"WordDocument": b"x"}), "a.xls", DAMAGED),
    "new under the old name": (BOOK, "a.xls", "扩展名"),
    "old under the new name": (OLD, "a.xlsx", "扩展名"),
    "new as csv": (BOOK, "a.csv", "扩展名"),
    "another package": (with_part("x", b""), "a.csv", "扩展名"),
    "locked": (LOCKED, "a.xlsx", "密码"),
    "locked under the old name": (LOCKED, "a.xls", "密码"),
    "locked old": (old_workbook(ROWS, password=True), "a.xls", "密码"),
    "locked package": (flags_locked(BOOK), "a.xlsx", DAMAGED),
    "zip bomb": (partial(zip_bomb, 1100), "a.xlsx", TOO_LARGE),
    "last row": (with_rows(cell(b"A1", b"x") + cell(b"XFD1048576", b"y")), "a.xlsx", FAR),
    "too many columns": (with_rows(cell(b"A1", b"x") + cell(b"XFD2", b"y")), "a.xlsx", FAR),
    "too many columns as csv": (b"," * 20_000 + b"\n", "a.csv", FAR),
    "billion laughs": (with_entity(LAUGHS + b"]>", b"&i;"), "a.xlsx", DAMAGED),
    "foreign entity": (with_entity(FOREIGN, b"&e;"), "a.xlsx", DAMAGED),
    "NUL bytes": (CSV.encode().replace(b"1", b"\0"), "a.csv", "编码"),
    "two encodings": (CSV.encode("gb18030") + "刀玉兰,𬡖\n".encode() + b"\xff\xff", "a.csv", "编码"),
    "quotes": (CSV.encode() + b'"x"y\n', "a.csv", "引号"),
    "huge field": (b"x" * 200_000 + b",y\n", "a.csv", "一格长得读不了"),
    "text without end": (partial(endless, 4200), "a.xlsx", TOO_LARGE),
}


READ = {
    "formulas": with_rows(
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>HYPERLINK("x")</f><v>y</v></c></row>'
    ),
    "a million empty rows": with_rows(
        cell(b"A1", b"x") + b"".join(b'<row r="%d" ht="12" customHeight="1"/>' % row for row in range(2, 1_000_000))
    ),
    "a million styled cells": with_rows(
        cell(b"A1", b"x") + b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (row, row) for row in range(2, 300_000))
    ),
    "styled to the last column": with_rows(cell(b"A1", b"x") + b'<row r="2"><c r="XFD2" s="1"/></row>'),
    "16,384 columns without a word": with_rows(
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c>' + b'<c s="1"/>' * 16_383 + b"</row>"
    ),
    "an error in a cell": with_rows(b'<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c r="B1"><v>1</v></c></row>'),
    "NUL in a cell": with_rows(cell(b"A1", b"x_x0000_y")),
    "a long text": with_rows(cell(b"A1", b"x" * 100_000)),
}


@pytest.mark.parametrize(("data", "name", "words"), REFUSED.values(), ids=REFUSED)
def test_file_is_refused_with_its_sentence(data, name, words):
    with pytest.raises(UsageProblem) as refused:
        read(data() if callable(data) else data, name)

    assert words in str(refused.value)
    assert str(refused.value).endswith("。")


@pytest.mark.parametrize("data", READ.values(), ids=READ)
def test_odd_workbook_is_read(data):
    (sheet,) = read(data, "a.xlsx")

    (row,) = sheet.rows()
    assert row.cells[0] is None or len(str(row.cells[0])) <= 32_767


MEASURE = """
import resource, sys
from pathlib import Path
from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import read, reading
try:
    read(Path(sys.argv[1]))
except UsageProblem:
    pass
highest = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(int(highest.split()[1]) // 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


@pytest.mark.parametrize("kind", ["zip bomb", "text without end", "last row", "a million empty rows"])
def test_memory_stays_bounded(tmp_path, kind):
    data = READ.get(kind) or REFUSED[kind][0]
    (tmp_path / "a.xlsx").write_bytes(data() if callable(data) else data)

    told = subprocess.run(
        [sys.executable, "-c", MEASURE, tmp_path / "a.xlsx"], capture_output=True, check=True, cwd=ROOT
    )
    own, reader = map(int, told.stdout.split())

    assert own < 150
    assert reader < 600


def test_reader_that_takes_too_long_is_killed(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.01)

    with pytest.raises(UsageProblem, match=TOO_LARGE):
        read(BOOK, "a.xlsx")


def test_reader_that_dies_is_told_as_a_damaged_file(monkeypatch, tmp_path):
    (tmp_path / "child.py").write_text("raise SystemExit(3)")
    monkeypatch.setattr(reading, "CHILD", tmp_path / "child.py")

    with pytest.raises(UsageProblem, match=DAMAGED):
        read(BOOK, "a.xlsx")


@pytest.mark.parametrize("share", range(0, 100, 4))
@pytest.mark.parametrize(
    ("data", "name"),
    [(BOOK, "a.xlsx"), (OLD, "a.xls"), (CSV.encode("gb18030"), "a.csv"), (CSV.encode("utf-16"), "b.csv")],
)
def test_file_cut_off_anywhere_is_read_or_refused(data, name, share):
    assert is_read_or_refused(data[: len(data) * share // 100], name)


def is_read_or_refused(data, name):
    """Whether it gives rows with their numbers, or one sentence; anything else raises."""
    try:
        rows = [row for sheet in read(data, name) for row in sheet.rows()]
    except UsageProblem as refusal:
        return len(str(refusal).splitlines()) == 1
    return all(row.number > 0 for row in rows)


CUT = st.tuples(st.just("cut"), st.integers(0, 1 << 16), st.integers(0, 400))
REPLACE = st.tuples(st.just("replace"), st.integers(0, 1 << 16), st.binary(min_size=1, max_size=8))
INSERT = st.tuples(st.just("insert"), st.integers(0, 1 << 16), st.binary(min_size=1, max_size=40))
REPEAT = st.tuples(st.just("repeat"), st.integers(0, 1 << 16), st.integers(1, 2000))
CHANGES = st.lists(st.one_of(CUT, REPLACE, INSERT, REPEAT), min_size=1, max_size=4)


def changed(data, changes):
    """The bytes with each of the changes made to them."""
    for kind, place, what in changes:
        place %= len(data) + 1
        match kind:
            case "cut":
                data = data[:place] + data[place + what :]
            case "replace":
                data = data[:place] + what + data[place + len(what) :]
            case "insert":
                data = data[:place] + what + data[place:]
            case _:
                data = data[:place] + data[place : place + 20] * what + data[place + 20 :]
    return data


@examples(60)
@given(CHANGES)
def test_any_damage_to_a_workbook_is_read_or_refused(changes):
    assert is_read_or_refused(changed(BOOK, changes), "a.xlsx")


@examples(80)
@given(st.sampled_from([SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"]), CHANGES)
def test_any_damage_within_a_workbook_is_read_or_refused(part, changes):
    assert is_read_or_refused(repacked(lambda xml: changed(xml, changes), part), "a.xlsx")


@examples(80)
@given(CHANGES)
def test_any_damage_to_an_old_workbook_is_read_or_refused(changes):
    assert is_read_or_refused(changed(OLD, changes), "a.xls")


@examples(200)
@given(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), CHANGES)
def test_any_damage_to_a_csv_is_read_or_refused(encoding, changes):
    assert is_read_or_refused(changed(CSV.encode(encoding), changes), "a.csv")
