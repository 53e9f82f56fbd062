"""Every finding code once where it applies and once where it does not."""

from datetime import date

import pytest

from exchange.students.roster.messages import CODES, Finding
from tests.students.roster.rosters import CLASS, GOOD, Stored, codes, person, resident_id, reviewed

ID = GOOD["身份证件号"]
WRONG_DIGIT = ID[:-1] + ("1" if ID[-1] != "1" else "2")


def test_a_good_row_has_no_finding_but_the_place():
    assert [finding.code for finding in reviewed().findings] == ["id.place_unknown"]


def test_a_known_place_has_no_finding():
    assert [
        finding.code
        for finding in reviewed({**GOOD, "身份证件号": "11010519491231002X", "出生日期": "", "性别": ""}).findings
    ] == []


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("身份证件号", "", "id.missing"),
        ("身份证件号", "　", "id.missing"),
        ("身份证件号", "99999920110516", "id.length"),
        ("身份证件号", WRONG_DIGIT, "id.check_digit"),
        ("身份证件号", "99999920110516ABCD", "id.check_digit"),
        ("身份证件号", resident_id("20110231"), "id.date"),
        ("身份证件号", resident_id("20991231"), "id.date"),
        ("身份证件号", 9.99999201105161e17, "id.numeric_cell"),
        ("身份证件号", "9.99999E+17", "id.numeric_cell"),
        ("成员1身份证件号", 9.99999201105161e17, "id.numeric_cell"),
        ("考生号", 1234567890123456789, "id.numeric_cell"),
        ("出生日期", "20110517", "id.birth_date_mismatch"),
        ("出生日期", "2011年6月", "id.birth_date_mismatch"),
        ("出生日期", "去年", "date.unreadable"),
        ("入学年月", "九月", "date.unreadable"),
        ("性别", "女", "id.sex_mismatch"),
        ("性别", "人", "value.unknown"),
        ("姓名", "", "name.missing"),
        ("姓名", "岩温2", "name.characters"),
        ("姓名", "岩温(大)", "name.characters"),
        ("姓名", "岩\u200b温", "name.characters"),
        ("姓名", "岩\ue123", "name.characters"),
        ("姓名", "岩" * 101, "name.characters"),
        ("姓名", "艾・岩温", "name.separator_normalised"),
        ("姓名", "岩　温", "name.spaces_removed"),
        ("民族", "僳僳族", "ethnicity.unknown"),
        ("民族", "xyz", "ethnicity.unknown"),
        ("户口所在地行政区划码", "999999", "area.unknown"),
        ("户口所在地行政区划码", "533121", "area.obsolete"),
        ("联系电话", "1380000", "phone.invalid"),
        ("成员1联系电话", "12345678901", "phone.invalid"),
        ("成员1姓名", "", "guardian.name_missing"),
        ("成员1联系电话", "", "guardian.phone_missing"),
        ("政治面貌", "少先队员", "value.unknown"),
        ("是否建档立卡贫困户", "也许", "value.unknown"),
        ("成员1关系", "邻居", "value.unknown"),
        ("班级名称", "2025级云南班", "class.unknown"),
        ("专业简称", "占星", "major.unknown"),
    ],
)
def test_a_fault_has_its_code_under_the_sheets_own_heading(column, cell, code):
    assert codes({**GOOD, column: cell}) == [(2, column, code)]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("身份证件号", f" {ID[:6]}-{ID[6:14]} {ID[14:]} "),
        ("身份证件号", ID.translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
        ("出生日期", "2011.5.16"),
        ("出生日期", date(2011, 5, 16)),
        ("出生日期", 20110516.0),
        ("出生日期", "2011年5月"),
        ("入学年月", "2026.9"),
        ("性别", "1"),
        ("姓名", "Aung San"),
        ("姓名", "艾·岩温"),
        ("姓名", "李〇"),
        ("民族", "傣"),
        ("民族", "18"),
        ("户口所在地行政区划码", 533103.0),
        ("户口所在地行政区划码", "朝阳区"),
        ("联系电话", "+86 138-0000-0000"),
        ("联系电话", "0692-2123456"),
        ("联系电话", ""),
        ("政治面貌", "团员"),
        ("班级名称", ""),
        ("班级名称", "２０２６级 云南班"),
        ("专业简称", "740104"),
        ("学生类别", "内地中职班学生"),
        ("成员1身份证件号", "缅甸 1234"),
        *(("是否建档立卡贫困户", value) for value in ("脱贫户", "监测对象", "低保", "建档立卡", "是", "否", "")),
    ],
)
def test_what_people_write_is_understood(column, cell):
    assert codes({**GOOD, column: cell}) == []


def test_of_two_rows_with_one_id_the_first_stays():
    twice = [person(1), person(2), person(3, 身份证件号=person(1)["身份证件号"])]

    assert codes(*twice) == [(4, "身份证件号", "id.duplicate_in_file")]


def test_the_id_of_somebody_else_is_for_a_person_to_decide():
    stored = reviewed().rows[0].values

    assert codes({**GOOD, "姓名": "岩保"}, known=Stored(stored)) == [(2, "身份证件号", "id.belongs_to_other")]


def test_namesakes_are_told_in_the_file_and_in_the_class():
    stored = reviewed(person(9, 姓名="岩温")).rows[0].values

    assert codes(person(1, 姓名="岩保"), person(2, 姓名="岩保")) == [(3, "姓名", "name.namesake")]
    assert codes(GOOD, known=Stored(stored)) == [(2, "姓名", "name.namesake")]
    assert codes(GOOD, known=Stored({**stored, "class_name": "2025级云南班"})) == []


def test_without_a_chosen_class_the_row_must_name_one_of_the_system():
    assert codes(GOOD, known=Stored(), class_name=None) == []
    assert codes({**GOOD, "班级名称": "没有"}, known=Stored(), class_name=None) == [(2, "班级名称", "class.unknown")]
    assert codes({**GOOD, "班级名称": ""}, known=Stored(), class_name=None) == [(2, "班级名称", "class.unknown")]


def test_an_adult_needs_no_guardian():
    alone = {**GOOD, "成员1姓名": "", "成员1联系电话": "", "成员1关系": ""}

    assert codes(alone, today=date(2029, 5, 16)) == []
    assert [code for _row, _column, code in codes(alone, today=date(2029, 5, 15))] == [
        "guardian.name_missing",
        "guardian.phone_missing",
    ]


def test_one_guardian_who_can_be_reached_is_enough():
    second = {**GOOD, "成员1联系电话": "", "成员2姓名": "玉", "成员2联系电话": "13700000000"}

    assert codes(second) == []
    assert codes({**second, "成员2是否监护人": "否"}) == [(2, "成员1联系电话", "guardian.phone_missing")]


def test_another_document_is_not_checked_as_a_resident_id():
    assert codes({**GOOD, "身份证件类型": "护照", "身份证件号": "MB123456"}) == []


def test_a_former_area_is_kept_as_written_and_the_message_names_the_successor():
    review = reviewed({**GOOD, "户口所在地行政区划码": "533121"})

    assert review.rows[0].values["household_area"] == "533121"
    assert any("533103" in finding.message for finding in review.findings)


def test_every_sentence_can_be_spoken_with_foreign_text_in_it():
    params = dict.fromkeys(
        [
            "length",
            "digits",
            "area",
            "written",
            "expected",
            "first",
            "name",
            "characters",
            "nearest",
            "code",
            "successor",
            "choices",
            "longest",
            "sheet",
        ],
        "%s{}",
    )

    for sentence in CODES:
        assert Finding(2, "姓名", sentence, params).message.endswith("。")


def test_foreign_text_in_a_message_is_cut():
    finding = next(
        found for found in reviewed({**GOOD, "民族": "啊" * 5000}).findings if found.code == "ethnicity.unknown"
    )

    assert len(finding.message) < 100
    assert CLASS not in finding.message
