"""Which sheets of a workbook are read together."""

import pytest

from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import Sheet, UnknownHead
from exchange.students.roster import NothingKnown, review
from exchange.students.roster.sheets import find_heads
from tests.students.roster.rosters import CLASS, TODAY, resident_id

HEAD = ["姓名", "身份证号", "家庭住址"]


def page(name, *people, head=HEAD, hidden=False):
    sheet = Sheet.of([head, *people], name=name)
    sheet.hidden = hidden
    return sheet


def person(name, serial):
    return [name, resident_id(serial=serial), "芒市"]


def read(sheets, **options):
    return [head.sheet.name for head in find_heads(sheets, **options)]


ONE, TWO = page("一班", person("岩温", 301)), page("二班", person("岩保", 303))


def test_sheets_with_equal_headings_are_read_together_with_their_own_row_numbers():
    found = review([ONE, page("说明", head=["填写说明"]), TWO], class_name=CLASS, known=NothingKnown(), today=TODAY)

    assert [(row.sheet, row.number, row.values["name"]) for row in found.rows] == [(0, 2, "岩温"), (1, 2, "岩保")]
    assert found.other_sheets == ["说明"]


@pytest.mark.parametrize(
    "other",
    [
        page("三班", person("岩三", 305), head=["姓名", "身份证号", "联系电话"]),
        page("填写样例", person("岩三", 305)),
        page("去年", person("岩三", 305), hidden=True),
        page("空表"),
    ],
    ids=lambda sheet: sheet.name,
)
def test_a_sheet_that_does_not_belong_is_left(other):
    assert read([ONE, other, TWO]) == ["一班", "二班"]


def test_a_column_that_nobody_recognises_keeps_no_sheets_apart():
    other = page("三班", [*person("岩三", 305), 42], head=[*HEAD, "鞋码"])

    assert read([ONE, other]) == ["一班", "三班"]


def test_a_column_that_a_person_has_decided_about_keeps_no_sheets_apart():
    other = page("三班", [*person("岩三", 305), "芒市"], head=[*HEAD, "寨子"])

    assert read([ONE, other], mapping={"寨子": "police_station"}) == ["一班", "三班"]


def test_chosen_sheets_are_read_and_no_others():
    assert read([ONE, TWO], chosen=["二班"]) == ["二班"]
    assert read([ONE, page("样表", person("岩三", 305))], chosen=["样表"]) == ["样表"]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (["三班"], "没有名为“三班”的工作表"),
        (["一班", "电话"], "“一班”和“电话”的列名不一样"),
        (["一班", "说明"], "工作表“说明”里没有表头"),
    ],
)
def test_sheets_that_do_not_go_together_are_refused(chosen, sentence):
    phones = page("电话", ["岩三", resident_id(serial=305)], head=["姓名", "身份证号"])
    sheets = [ONE, phones, page("说明", ["写全名"], head=["填写说明"])]

    with pytest.raises(UsageProblem, match=sentence):
        find_heads(sheets, chosen=chosen)


def test_who_stands_on_two_sheets_is_told_where():
    found = review([ONE, page("二班", person("岩温", 301))], class_name=CLASS, known=NothingKnown(), today=TODAY)

    (finding,) = [each for each in found.findings if each.code == "id.duplicate_in_file"]
    assert (finding.row, finding.message) == (2, "身份证件号和工作表“一班”第 2 行相同。保留那一行，这一行不导入。")


def test_namesakes_on_two_sheets_are_told_where():
    found = review([ONE, page("二班", person("岩温", 303))], class_name=CLASS, known=NothingKnown(), today=TODAY)

    (finding,) = [each for each in found.findings if each.code == "name.namesake"]
    assert "工作表“一班”第 2 行" in finding.message


def test_a_head_that_nobody_knows_comes_back_as_headings():
    sheet = Sheet.of([["花名册"], ["大名", "号码", "寨子"], ["岩温", "1", "芒市"]], name="名单")

    with pytest.raises(UnknownHead) as refused:
        find_heads([sheet])

    assert (refused.value.headings, refused.value.sheets) == (["大名", "号码", "寨子"], ["名单"])


def test_a_decision_wins_wherever_its_column_stands():
    (head,) = find_heads([page("一班", head=["姓名", "身份证号", "电话", "本人号码"])], {"本人号码": "phone"})

    assert head.columns == {"姓名": "name", "身份证号": "resident_id", "本人号码": "phone"}
    assert head.unmapped == ["电话"]


def test_two_columns_for_one_field_are_refused():
    with pytest.raises(UsageProblem, match="“电话”和“本人号码”都选了“联系电话”"):
        find_heads(
            [page("一班", head=["姓名", "身份证号", "电话", "本人号码"])], {"电话": "phone", "本人号码": "phone"}
        )


def test_of_two_remembered_columns_for_one_field_the_first_has_it():
    columns = ["姓名", "身份证号", "电话", "本人号码"]
    (head,) = find_heads([page("一班", head=columns)], remembered={"电话": "phone", "本人号码": "phone"})

    assert (head.remembered, head.unmapped) == ({"电话": "phone"}, ["本人号码"])
