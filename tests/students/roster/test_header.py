"""Finding the head, its columns and the rows of people."""

import pytest

from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import Sheet
from exchange.students.roster import NothingKnown, review
from exchange.students.roster.header import data_rows
from exchange.students.roster.sheets import find_heads
from tests.students.roster.rosters import CLASS, TODAY, resident_id

ID = resident_id()


def find_head(sheets, mapping=None):
    """The only head of these sheets."""
    (head,) = find_heads(sheets, mapping)
    return head


HEAD = ["序号", "姓名", "性别", "身份证号码", "民族", "家长姓名", "家长电话", "鞋码"]
ROW = [1, "岩温", "男", ID, "傣", "岩罕", "13900000000", 42]


def test_title_rows_footers_empty_rows_and_repeated_heads_are_passed_over():
    sheet = Sheet.of(
        [
            ["德宏州2026年云南班学生花名册"],
            ["填报单位：", None, None, "2026年9月"],
            HEAD,
            ROW,
            [2],
            [None],
            HEAD,
            [3, "岩保", "男", resident_id(serial=103), "傣", "岩罕", "13900000000"],
            ["合  计", "2人"],
            ["合计", None, None, "共2人"],
            ["填表人：张三", None, None, None, "审核：李四"],
        ]
    )

    head = find_head([sheet])

    assert [row.number for row in data_rows(head)] == [4, 8]
    assert head.unmapped == ["序号", "鞋码"]
    assert head.columns["身份证号码"] == "resident_id"
    assert head.columns["家长电话"] == "guardian1_phone"


@pytest.mark.parametrize("merged", [[[1, 3, 1, 4], [1, 5, 1, 6], [1, 0, 2, 0]], []])
def test_a_two_line_head_is_named_upper_and_lower(merged):
    sheet = Sheet.of(
        [
            ["姓名", "身份证号", "民族", "父亲", None, "母亲", None],
            [None, None, None, "姓名", "电话", "姓名", "电话"],
            ["岩温", ID, "傣", "岩罕", "13900000000", "玉罕", "13700000000"],
        ],
        merged=merged,
    )

    found = review([sheet], class_name=CLASS, known=NothingKnown(), today=TODAY)

    assert found.columns["父亲/电话"] == "guardian1_phone"
    assert found.columns["母亲/姓名"] == "guardian2_name"
    assert [guardian["relation"] for guardian in found.rows[0].values["guardians"]] == ["父亲", "母亲"]
    assert [row.number for row in found.rows] == [3]


def test_the_sheet_with_a_head_is_read():
    sheets = [
        Sheet("Sheet2"),
        Sheet.of([["填写说明"], ["姓名写身份证上的姓名"]], name="说明"),
        Sheet.of([HEAD, ROW], name="名单"),
    ]

    found = review(sheets, class_name=CLASS, known=NothingKnown(), today=TODAY)

    assert found.sheet == "名单"
    assert found.other_sheets == ["说明"]


@pytest.mark.parametrize(
    "heading", ["身份证件号*", "身份证 件号", "身份证件号（18位）", "\n身份证件号\n", "居民身份证号码"]
)
def test_a_heading_is_understood_however_it_is_dressed(heading):
    head = find_head([Sheet.of([["姓名", heading], ["岩温", ID]])])

    assert "resident_id" in head.columns.values()


def test_of_two_columns_with_one_heading_the_second_has_a_number():
    head = find_head([Sheet.of([["姓名", "身份证号", "备注", "备注"], ["岩温", ID, "a", "b"]])])

    assert head.unmapped == ["备注", "备注(2)"]


def test_a_second_phone_behind_a_guardian_is_the_guardians():
    headings = ["姓名", "身份证号", "联系电话", "家长姓名", "联系电话", "联系电话"]

    head = find_head([Sheet.of([headings, ["岩温", ID, "1", "岩罕", "2", "3"]])])

    assert head.columns["联系电话"] == "phone"
    assert head.columns["联系电话(2)"] == "guardian1_phone"
    assert head.unmapped == ["联系电话(3)"]


def test_a_heading_can_be_mapped_by_hand():
    sheet = Sheet.of([["大名", "身份证号", "鞋码"], ["岩温", ID, "42"]])

    assert find_head([sheet], {"大名": "name"}).columns == {"大名": "name", "身份证号": "resident_id"}


@pytest.mark.parametrize("mapping", [{"大名": "shoe"}, {"没有": "name"}])
def test_a_mapping_into_nothing_is_refused(mapping):
    with pytest.raises(UsageProblem):
        find_head([Sheet.of([["大名", "姓名", "身份证号"], ["x", "岩温", ID]])], mapping)


@pytest.mark.parametrize("rows", [[["a", "b"], ["c", "d"]], [["姓名"], ["岩温"]], []])
def test_a_file_without_a_head_is_refused(rows):
    with pytest.raises(UsageProblem, match="表头"):
        find_head([Sheet.of(rows)])


@pytest.mark.parametrize(
    "footer",
    [
        ["填表人：张三     审核人：李四"],
        ["", "填表人：张三  审核人：李四"],
        ["填表人：张三", "审核人：李四"],
        ["", "", "审核人：李四"],
    ],
)
@pytest.mark.parametrize("head", [["姓名", "身份证号码", "性别"], ["身份证号码", "姓名", "性别"]])
def test_a_footer_is_passed_over_in_whatever_column_it_stands(head, footer):
    person = {"姓名": "岩温", "身份证号码": ID, "性别": "男"}

    found = find_head([Sheet.of([head, [person[heading] for heading in head], footer])])

    assert [row.number for row in data_rows(found)] == [2]


@pytest.mark.parametrize(
    "upper", ["家长（监护人）", "监护人(家长)", "家长或监护人", "学生家长情况", "家庭成员1", "父母", "法定监护人信息"]
)
def test_what_stands_under_the_family_is_theirs(upper):
    head = find_head(
        [
            Sheet.of(
                [
                    ["姓名", "身份证号码", upper, None, None],
                    [None, None, "姓名", "与学生关系", "联系电话"],
                    ["岩温", ID, "岩罕", "父亲", "13900000000"],
                ]
            )
        ]
    )

    assert list(head.fields.values()) == [
        "name",
        "resident_id",
        "guardian1_name",
        "guardian1_relation",
        "guardian1_phone",
    ]


@pytest.mark.parametrize(
    ("upper", "lower", "fields"),
    [
        ("家长信息", ["家长姓名", "与学生关系", "家长手机号"], ["name", "relation", "phone"]),
        ("监护人情况", ["监护人姓名", "监护人电话", "监护人身份证号"], ["name", "phone", "resident_id"]),
        ("家庭成员1", ["家长姓名", "父亲电话", "监护人"], ["name", "phone", "is_guardian"]),
    ],
)
def test_who_it_is_may_stand_above_and_below(upper, lower, fields):
    rows = [["姓名", "身份证号", upper, None, None], [None, None, *lower], ["岩温", ID, "岩罕", "", ""]]

    head = find_head([Sheet.of(rows)])

    assert list(head.fields.values()) == ["name", "resident_id", *(f"guardian1_{field}" for field in fields)]


def test_both_parents_may_stand_below_one_head():
    lower = ["父亲姓名", "父亲电话", "母亲姓名", "母亲电话"]
    rows = [["姓名", "身份证号", "家长信息", None, None, None], [None, None, *lower], ["岩温", ID, "岩罕", "", "", ""]]

    head = find_head([Sheet.of(rows)])

    family = ["guardian1_name", "guardian1_phone", "guardian2_name", "guardian2_phone"]
    assert list(head.fields.values()) == ["name", "resident_id", *family]


@pytest.mark.parametrize(
    ("heading", "field"), [("男/女", "sex"), ("性别（男/女）", "sex"), ("族别", "ethnicity"), ("民族成份", "ethnicity")]
)
def test_the_words_of_the_counties_are_known(heading, field):
    head = find_head([Sheet.of([["姓名", "身份证号", heading], ["岩温", ID, "x"]])])

    assert head.columns[heading] == field


def test_a_family_beside_whom_no_name_of_the_student_stands_is_not_the_student():
    family = ["家长（监护人）", None, None]
    head = find_head(
        [Sheet.of([["身份证号码", *family], [None, "姓名", "联系电话", "性别"], [ID, "岩罕", "13900000000", "男"]])]
    )

    assert list(head.fields.values()) == ["resident_id", "guardian1_name", "guardian1_phone"]


def test_what_stands_under_student_and_family_is_the_student():
    rows = [["学生及家长信息", None, None], ["姓名", "身份证号码", "联系电话"], ["岩温", ID, "13900000000"]]

    head = find_head([Sheet.of(rows)])

    assert list(head.fields.values()) == ["name", "resident_id", "phone"]
