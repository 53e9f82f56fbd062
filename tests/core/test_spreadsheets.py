"""Reading what strangers send and writing what Excel opens."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import DATE, NUMBER, Column, Sheet, as_text, read, write


def rows_of(data, name="a.xlsx"):
    return [(row.number, row.cells) for row in read(data, name)[0].rows()]


def repacked(data, part, change):
    """The workbook with one of its parts changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return buffer.getvalue()


def far_out_in_utf_16(xml):
    """Hides the reference from a search for plain letters."""
    return b"\xff\xfe" + xml.decode().replace('"B2"', '"XFD1048576"').encode("utf-16-le")


def test_cells_keep_their_types_and_rows_their_numbers():
    book = openpyxl.Workbook()
    page = book.active
    page["B3"], page["C3"], page["D3"], page["B5"] = "0012", 12, date(2010, 5, 6), "x"
    buffer = io.BytesIO()
    book.save(buffer)

    found = rows_of(buffer.getvalue())

    assert found == [(3, (None, "0012", 12, date(2010, 5, 6))), (5, (None, "x"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_csv_is_read_in_every_usual_encoding(encoding):
    data = "姓名,性别\n\n刀𬡖,男\n".encode(encoding)

    assert rows_of(data, "a.CSV") == [(1, ("姓名", "性别")), (3, ("刀𬡖", "男"))]


def test_byte_order_mark_of_gb18030_is_no_part_of_the_first_heading():
    data = "\ufeff姓名,性别\n刀𬡖,男\n".encode("gb18030")

    assert rows_of(data, "a.csv") == [(1, ("姓名", "性别")), (2, ("刀𬡖", "男"))]


def test_what_is_written_opens_as_it_was():
    columns = ["号码", Column("日期", DATE), Column("数", NUMBER), Column("选", choices=("是", "否"))]

    data = write([["999999201105161011", date(2026, 3, 6), 2, "=1+1"], [None, "", None, "是"]], columns=columns)

    page = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [cell.value for cell in page[2]][2:] == [2, "=1+1"]
    assert page["A2"].data_type == "s"
    assert page["A2"].number_format == "@"
    assert page["B2"].value.date() == date(2026, 3, 6)
    assert page["D2"].data_type != "f" or page["D2"].value == "=1+1"
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert page.freeze_panes == "A2"


BOOK = write([["刀玉兰", "女"]], columns=["姓名", "性别"])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "空"),
        (write([], columns=[]), "a.xlsx", "没有内容"),
        (BOOK, "a.pdf", "只能读取"),
        (BOOK, "a.xls", "扩展名"),
        (BOOK, "a.csv", "扩展名"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 99, "a.xlsx", "扩展名"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "密码"),
        (b"<html><table>", "a.xlsx", "不是 Excel"),
        (b"<html><table>", "a.xls", "不是 Excel"),
        (BOOK[:900], "a.xlsx", "损坏"),
        (BOOK[:-200], "a.xlsx", "损坏"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 9999, "a.xls", "损坏"),
        (b"\x01\x02\x03", "a.csv", "编码"),
        (b'"a,b\n', "a.csv", "引号"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "a.csv", "一格长得读不了"),
        (repacked(BOOK, SHEET, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')), "a.xlsx", "太远"),
        (repacked(BOOK, SHEET, far_out_in_utf_16), "a.xlsx", "损坏"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_with_one_sentence(data, name, words):
    with pytest.raises(UsageProblem) as refused:
        read(data, name)

    assert words in str(refused.value)


def test_a_zip_that_unpacks_to_too_much_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _number in range(1100):
                part.write(b" " * 2**20)

    with pytest.raises(UsageProblem, match="太大"):
        read(buffer.getvalue(), "a.xlsx")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UsageProblem, match=r"missing\.xlsx"):
        read(tmp_path / "missing.xlsx")


def test_cells_become_the_text_a_person_typed():
    assert [as_text(cell) for cell in (" a ", None, 3.0, 3.5, True, date(2011, 5, 16))] == [
        "a", "", "3", "3.5", "TRUE", "2011-05-16",
    ]  # fmt: skip


@given(st.lists(st.lists(st.one_of(st.none(), st.text(min_size=1), st.integers(), st.dates()), max_size=4), max_size=9))
def test_a_sheet_gives_its_rows_again(rows):
    sheet = Sheet.of(rows)

    assert [(row.number, [*row.cells]) for row in sheet.rows()] == [
        (number, cells) for number, cells in enumerate(rows, 1) if any(cell is not None for cell in cells)
    ]
