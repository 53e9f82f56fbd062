"""The sheets that counties really send: the same two people in every shape."""

import io
from datetime import date, datetime

import openpyxl
import pytest

from exchange.core.spreadsheets import read
from exchange.students.roster import NothingKnown, Outcome, review
from tests.factories.workbooks import old_workbook
from tests.students.roster.rosters import CLASS, TODAY, resident_id

FIRST, SECOND = resident_id(serial=301), resident_id("20101103", 302)
HEAD = ["序号", "学生姓名", "性别", "民族", "出生年月", "身份证号码", "家庭住址", "监护人姓名", "监护人电话"]
ROWS = [
    [1, "岩温", "男", "傣", "2011.5.16", FIRST, "芒市勐戛镇", "岩罕", "13900000000"],
    [2, "玉喃", "女", "德昂族", "2010年11月3日", SECOND, "盈江县平原镇", "玉旺", "13700000000"],
]
EXPECTED = [
    ("岩温", "male", "2011-05-16", FIRST, "芒市勐戛镇", "岩罕", "13900000000"),
    ("玉喃", "female", "2010-11-03", SECOND, "盈江县平原镇", "玉旺", "13700000000"),
]


def people(data, name):
    found = review(read(data, name), class_name=CLASS, known=NothingKnown(), today=TODAY)
    assert {row.outcome for row in found.rows} == {Outcome.NEW}, found.findings
    return [
        (
            *(row.values[field] for field in ("name", "sex", "birth_date", "resident_id", "home_address")),
            *(row.values["guardians"][0][field] for field in ("name", "phone")),
        )
        for row in found.rows
    ]


def as_text(separator):
    return "\n".join(separator.join(map(str, row)) for row in [HEAD, *ROWS]) + "\n"


def book(*sheets, merged=()):
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        page = workbook.create_sheet(title)
        for row in rows:
            page.append(row)
    for area in merged:
        workbook.worksheets[-1].merge_cells(area)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("separator", [",", "\t", ";"], ids=["comma", "tab", "semicolon"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_csv(encoding, separator):
    assert people(as_text(separator).encode(encoding), "a.csv") == EXPECTED


def test_old_workbook():
    assert people(old_workbook([["德宏州花名册"], HEAD, *ROWS]), "a.xls") == EXPECTED


def test_several_sheets_titles_footers_and_empty_rows():
    notes = ["填表说明"], ["一、姓名写身份证上的姓名"], ["二、身份证号码写 18 位"]
    roster = [
        ["德宏州2026年云南班学生花名册"],
        ["填报单位：芒市教育局（盖章）"],
        HEAD,
        ROWS[0],
        [],
        ROWS[1],
        [],
        ["合计", "2人"],
    ]
    data = book(("说明", notes), ("Sheet3", []), ("名单", [*roster, ["填表人：张三", None, None, "审核人：李四"]]))

    assert people(data, "a.xlsx") == EXPECTED


def test_two_line_head_with_merged_cells():
    upper = [*HEAD[:7], "监护人", None]
    lower = [None] * 7 + ["姓名", "电话"]
    merged = ["H2:I2", *(f"{letter}2:{letter}3" for letter in "ABCDEFG")]

    assert people(book(("名单", [["花名册"], upper, lower, *ROWS]), merged=["A1:I1", *merged]), "a.xlsx") == EXPECTED


def test_two_line_head_of_an_old_workbook():
    upper = [*HEAD[:7], "监护人", None]
    lower = [None] * 7 + ["姓名", "电话"]

    assert people(old_workbook([upper, lower, *ROWS], merged=[(0, 7, 0, 8)]), "a.xls") == EXPECTED


@pytest.mark.parametrize(
    "born",
    [
        date(2011, 5, 16), datetime(2011, 5, 16), 20110516, "20110516", "2011-05-16", "2011/5/16", "2011.05.16",
        "2011年5月16日", "2011年05月16日 ", "二〇一一年五月十六日", "２０１１－５－１６", "2011 5 16", 40679,
        "2011-05-16 00:00:00", "2011.5", None,
    ],
    ids=str,
)  # fmt: skip
def test_forms_of_a_date(born):
    row = [*ROWS[0]]
    row[4] = born

    assert people(book(("名单", [HEAD, row])), "a.xlsx") == EXPECTED[:1]


def test_father_and_mother_beside_each_other():
    head = [*HEAD[:7], "父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    row = [*ROWS[0][:7], "岩罕", "13900000000", "玉旺", "13700000000"]

    found = review(read(book(("名单", [head, row])), "a.xlsx"), class_name=CLASS, known=NothingKnown(), today=TODAY)

    guardians = found.rows[0].values["guardians"]
    assert [(each["name"], each["relation"], each["phone"]) for each in guardians] == [
        ("岩罕", "父亲", "13900000000"),
        ("玉旺", "母亲", "13700000000"),
    ]
