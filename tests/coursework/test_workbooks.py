"""Marks by workbook: out, filled in, compared, and taken as the choice says."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from exchange.audit.models import AuditEvent
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.core.spreadsheets import Sheet, read
from exchange.coursework import queries, service
from exchange.coursework.models import Mark, SheetStatus, Special
from exchange.coursework.notation import Value
from exchange.coursework.service import Choice, SheetLocked
from exchange.coursework.service.uploads import better
from exchange.coursework.views import workbooks
from tests.factories.accounts import HomeroomTeacherFactory, SubjectTeacherFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory
from tests.factories.students import StudentFactory

HEAD = ("学号", "姓名", "平时", "期末")


@pytest.fixture
def columns(db):
    usual = AssessmentFactory(name="平时", weight=40)
    return [usual, AssessmentFactory(name="期末", weight=60, sheet=usual.sheet)]


@pytest.fixture
def sheet(columns):
    return columns[0].sheet


@pytest.fixture
def students(sheet):
    names = {"20250101": "岩温罕", "20250102": "玉香", "20250103": "玉香"}
    return [StudentFactory(school_class=sheet.school_class, student_no=no, name=name) for no, name in names.items()]


def filled(content, changes):
    """The workbook after somebody typed: {(row, column) as in Excel: value}."""
    book = load_workbook(BytesIO(content))
    for (row, column), value in changes.items():
        book.worksheets[0].cell(row, column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def preview_of(sheet, *rows, head=HEAD):
    return service.preview(sheet, [Sheet.of([head, *rows])])


def told(preview):
    return [finding.located for finding in preview.findings]


# Down and up again


def test_workbook_goes_out_with_marks_and_comes_back_without_a_difference(sheet, columns, students):
    MarkFactory(assessment=columns[0], student=students[0], score=Decimal("86.5"))
    MarkFactory(assessment=columns[1], student=students[0], score=None, special=Special.ABSENT)

    content = service.download(sheet, by=sheet.teacher)
    found = service.preview(sheet, read(content, "marks.xlsx"))

    page = load_workbook(BytesIO(content)).worksheets[0]
    assert [cell.value for cell in page[1]] == list(HEAD)
    assert [cell.value for cell in page[2]] == ["20250101", "岩温罕", 86.5, "缺"]
    assert (found.filled.sheet_id, list(found.proposals), list(found.findings), found.same) == (sheet.id, [], [], 2)
    assert database.session.query(AuditEvent).filter_by(action="mark_sheet.downloaded").count() == 1


def test_workbook_locks_all_but_the_marks_and_checks_them(sheet, columns, students):
    content = service.download(sheet, by=None)

    book = load_workbook(BytesIO(content))
    page, hidden = book.worksheets
    (rule, *_others) = page.data_validations.dataValidation
    assert page.protection.sheet
    assert [cell.protection.locked for cell in page[2]] == [True, True, False, False]
    assert (str(rule.sqref), "ISNUMBER(C2)" in rule.formula1, '"缺"' in rule.formula1) == ("C2:C4", True, True)
    assert hidden.sheet_state == "veryHidden"


def test_what_was_typed_is_proposed(sheet, columns, students):
    content = filled(service.download(sheet, by=None), {(2, 3): 88, (3, 4): "缓"})

    found = service.preview(sheet, read(content, "marks.xlsx"))

    proposed = {(each.student.id, each.assessment.name): str(each.typed) for each in found.proposals}
    assert proposed == {(students[0].id, "平时"): "88", (students[1].id, "期末"): "缓"}


def test_cell_that_was_not_touched_stays_though_the_system_went_on(sheet, columns, students):
    mark = MarkFactory(assessment=columns[0], student=students[0], score=Decimal(70))
    content = filled(service.download(sheet, by=None), {(3, 3): 61})
    mark.score, mark.version = Decimal(90), 2
    database.session.flush()

    found = service.preview(sheet, read(content, "marks.xlsx"))

    assert [str(each.typed) for each in found.proposals] == ["61"]


def test_cell_changed_on_both_sides_says_so(sheet, columns, students):
    teacher = SubjectTeacherFactory(name="周老师")
    mark = MarkFactory(assessment=columns[0], student=students[0], score=Decimal(70))
    content = filled(service.download(sheet, by=None), {(2, 3): 75})
    mark.score, mark.version, mark.updated_by = Decimal(90), 2, teacher
    database.session.flush()

    (each,) = service.preview(sheet, read(content, "marks.xlsx")).proposals

    assert (str(each.stored), str(each.typed), each.by, each.is_overtaken) == ("90", "75", "周老师", True)


def test_workbook_of_another_sheet_is_refused(sheet, columns, students):
    other = AssessmentFactory(name="平时").sheet
    content = service.download(other, by=None)

    with pytest.raises(UsageProblem, match="另一张成绩单"):
        service.preview(sheet, read(content, "marks.xlsx"))


def test_forged_hidden_sheet_is_taken_as_unknown(sheet, columns, students):
    kept = Sheet.of([["exchange-marks", "x" * 5000], ["1", "2", "NaN"], ["9" * 400, "1", "1"]], name="exchange")

    found = service.preview(sheet, [kept, Sheet.of([HEAD, ["20250101", "", 88, None]])])

    assert (found.filled.sheet_id, found.filled.known, len(found.proposals)) == (None, {}, 1)


# Tables of others


def test_any_table_will_do_that_names_students_and_assessments(sheet, columns, students):
    rows = [["成绩表"], ["姓名", "期末（占 60%，满分 100）", "备注"], ["岩 温罕", 0.1 + 0.2, "迟交"]]

    found = service.preview(sheet, [Sheet.of([["说明"]], name="说明"), Sheet.of(rows, name="成绩")])

    (each,) = found.proposals
    assert (each.row, each.student.id, each.assessment.name, str(each.typed)) == (3, students[0].id, "期末", "0.3")
    assert found.filled.unmapped == ["备注"]


def test_student_number_decides_between_two_of_one_name(sheet, columns, students):
    found = preview_of(sheet, ["20250103", "玉香", 80, None])

    assert [each.student.id for each in found.proposals] == [students[2].id]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["20259999", "李四", 80, None], "第 2 行：李四不在这张成绩单上。"),
        (["", "玉香", 80, None], "第 2 行：这个班有两个玉香，要写学号。"),
        (["20250101", "李四", 80, None], "第 2 行：学号 20250101 是岩温罕，表里写的是李四。"),
        (["", "", 80, None], "第 2 行：没有写名字的一行不在这张成绩单上。"),
        (["20250101", "岩温罕", "八十", None], "第 2 行“平时”：“八十”不是成绩。填数字，或填 缺、缓、免。"),
        (["20250101", "岩温罕", None, 100.5], "第 2 行“期末”：100.5 超出范围，这一项是 0 到 100 分。"),
    ],
)
def test_what_cannot_be_taken_is_told_with_row_and_column(sheet, columns, students, row, sentence):
    found = preview_of(sheet, row)

    assert told(found) == [sentence]
    assert list(found.proposals) == []


def test_the_highest_mark_is_taken_and_the_one_above_is_not(sheet, columns, students):
    assert len(preview_of(sheet, ["20250101", "", 100, 0]).proposals) == 2
    assert len(preview_of(sheet, ["20250101", "", 100.01, -0.5]).findings) == 2


def test_student_who_stands_twice_is_read_once(sheet, columns, students):
    found = preview_of(sheet, ["20250101", "", 80, None], ["20250101", "", 90, None])

    assert [str(each.typed) for each in found.proposals] == ["80"]
    assert told(found) == ["第 3 行：20250101在第 2 行已经有了，只读那一行。"]


def test_row_without_marks_asks_for_nothing(sheet, columns, students):
    found = preview_of(sheet, ["", "填表人", None, None], ["20250101", "", None, None])

    assert (told(found), list(found.proposals)) == ([], [])


def test_assessment_that_stands_twice_is_refused(sheet, columns, students):
    with pytest.raises(UsageProblem, match="第 1 行有两列都叫“平时”"):
        preview_of(sheet, head=("姓名", "平时", "平时"))


def test_table_without_a_head_is_refused(sheet, columns, students):
    with pytest.raises(UsageProblem, match=r"没有找到表头。.*平时、期末"):
        preview_of(sheet, head=("甲", "乙"))


@pytest.mark.parametrize(("rows", "is_read"), [(1000, True), (1001, False)])
def test_as_many_rows_are_read_as_a_year_has(sheet, columns, students, rows, is_read):
    table = [["", f"某某{number}", 80, None] for number in range(rows)]

    if is_read:
        assert len(preview_of(sheet, *table).findings) == rows
    else:
        with pytest.raises(UsageProblem, match="最多读 1000 行"):
            preview_of(sheet, *table)


# The choice


@pytest.mark.parametrize(
    ("stored", "typed", "expected"),
    [
        ("80", "81", "81"),
        ("80", "79.5", "80"),
        ("80", "80", "80"),
        ("缺", "1", "1"),
        ("缺", "0", "缺"),
        ("0", "缺", "0"),
        ("缓", "30", "30"),
        ("缓", "缺", "缓"),
        ("30", "缓", "30"),
        ("免", "90", "免"),
        ("90", "免", "90"),
    ],
)
def test_better_is_the_higher_and_an_exemption_stays(app, stored, typed, expected):
    signs = {"缺": Special.ABSENT, "缓": Special.DEFERRED, "免": Special.EXEMPT}
    values = [Value(special=signs[text]) if text in signs else Value(Decimal(text)) for text in (stored, typed)]

    with app.test_request_context():
        assert str(better(*values)) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [(Choice.KEEP, ["70", "61", "60"]), (Choice.REPLACE, ["75", "61", "50"]), (Choice.BETTER, ["75", "61", "60"])],
)
def test_choice_decides_where_something_is_stored_and_empty_cells_are_filled(
    sheet, columns, students, choice, expected
):
    MarkFactory(assessment=columns[0], student=students[0], score=Decimal(70))
    MarkFactory(assessment=columns[0], student=students[2], score=Decimal(60))
    found = preview_of(sheet, ["20250101", "", 75, None], ["20250102", "", 61, None], ["20250103", "", 50, None])

    outcome = service.take(
        sheet, [each.asked for each in found.proposals], choice, filename="marks.xlsx", by=sheet.teacher
    )

    assert len(outcome.cells) == found.writes(choice)
    assert [str(row.cells[0].value) for row in queries.grid(sheet).rows] == expected
    line = database.session.query(AuditEvent).filter_by(action="mark_sheet.marks_uploaded").one()
    assert (line.changes["choice"], line.changes["file"]) == (choice.value, "marks.xlsx")


def test_cell_changed_since_the_preview_is_a_conflict(sheet, columns, students):
    mark = MarkFactory(assessment=columns[0], student=students[0], score=Decimal(70))
    found = preview_of(sheet, ["20250101", "", 75, None])
    mark.score, mark.version = Decimal(90), 2
    database.session.flush()

    outcome = service.take(
        sheet, [each.asked for each in found.proposals], Choice.REPLACE, filename="m.xlsx", by=sheet.teacher
    )

    assert [cell.status for cell in outcome.cells] == ["conflict"]
    assert database.session.query(Mark).one().score == Decimal(90)


def test_sheet_that_was_handed_in_takes_no_workbook(sheet, columns, students):
    sheet.status = SheetStatus.SUBMITTED
    database.session.flush()

    with pytest.raises(SheetLocked):
        preview_of(sheet, ["20250101", "", 75, None])


# The pages


@pytest.fixture
def teacher(sheet, sign_in):
    database.session.commit()
    return sign_in(sheet.teacher)


def sent(content, name="marks.xlsx"):
    return {"file": (BytesIO(content), name)}


def fields_of(page):
    """The cells that the preview would send."""
    return dict(re.findall(r'name="(m\.[\d.]+)" value="([^"]*)"', page))


def test_pages_lead_from_the_sheet_to_written_marks(sheet, columns, students, teacher):
    MarkFactory(assessment=columns[0], student=students[0], score=Decimal(70))
    database.session.commit()
    url = f"/coursework/sheets/{sheet.id}"
    assert "上传成绩表" in teacher.get(url)
    content = filled(teacher.post(f"{url}/workbook", expect=200), {(2, 3): 75, (3, 3): 61, (4, 3): "八"})

    teacher.get(f"{url}/upload")
    page = teacher.post(f"{url}/upload", expect=200, **sent(content))

    assert "还没有写入" in page
    assert "第 4 行“平时”：“八”不是成绩" in page
    assert [
        text for text in ("保留系统里的：写入 1 格", "换成表里的：写入 2 格", "取较高的：写入 2 格") if text not in page
    ] == []
    assert database.session.query(Mark).count() == 1

    teacher.post(f"{url}/upload/take", choice="better", filename="marks.xlsx", **fields_of(page))

    assert "已写入 2 格成绩。" in teacher.get(url)
    scores = {mark.student_id: mark.score for mark in database.session.query(Mark)}
    assert scores == {students[0].id: Decimal(75), students[1].id: Decimal(61)}


def test_page_tells_what_others_changed_since_the_preview(sheet, columns, students, teacher):
    url = f"/coursework/sheets/{sheet.id}"
    page = teacher.post(f"{url}/upload", expect=200, **sent("学号,平时\n20250101,75\n".encode(), "marks.csv"))
    MarkFactory(assessment=columns[0], student=students[0], score=Decimal(90), updated_by=sheet.teacher)
    database.session.commit()

    teacher.post(f"{url}/upload/take", choice="replace", filename="marks.csv", **fields_of(page))

    assert f"没有写入 1 格：岩温罕 {sheet.teacher.name} 改成了 90。" in teacher.get(url)
    assert database.session.query(Mark).one().score == Decimal(90)


def test_take_without_a_choice_writes_nothing(sheet, columns, students, teacher):
    url = f"/coursework/sheets/{sheet.id}"
    teacher.get(f"{url}/upload")

    teacher.post(f"{url}/upload/take", **{f"m.{students[0].id}.{columns[0].id}.0": "75"})

    assert database.session.query(Mark).count() == 0


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ", "marks.exe", "只能读取 .xlsx、.xls 和 .csv 文件。"),
        (b"PK\x03\x04 nothing", "marks.xlsx", "文件已损坏或不完整"),
        ("甲,乙\n1,2\n".encode(), "marks.csv", "没有找到表头"),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_a_sentence(
    sheet, columns, students, teacher, content, name, sentence
):
    page = teacher.post(f"/coursework/sheets/{sheet.id}/upload", expect=422, **sent(content, name))

    assert sentence in page


@pytest.mark.parametrize(("size", "status"), [(40, 422), (39, 200)])
def test_file_that_is_too_large_is_refused(sheet, columns, students, teacher, monkeypatch, size, status):
    monkeypatch.setattr(workbooks, "LARGEST", 39)
    content = "学号,平时\n20250101,75\n".encode().ljust(size, b"\n")

    page = teacher.post(f"/coursework/sheets/{sheet.id}/upload", expect=status, **sent(content, "marks.csv"))

    assert ("成绩表最大 5 MB" in page) == (status == 422)


def test_upload_of_a_sheet_that_was_handed_in_says_that_it_is_closed(sheet, columns, students, teacher):
    sheet.status = SheetStatus.SUBMITTED
    database.session.commit()

    page = teacher.get(f"/coursework/sheets/{sheet.id}/upload")

    assert "这张成绩单现在不能改，只能下载。" in page
    assert 'type="file"' not in page


@pytest.mark.parametrize("way", ["workbook", "upload", "upload/take"])
def test_workbooks_are_for_who_may_record(sheet, columns, students, sign_in, way):
    sheet.school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.commit()
    url = f"/coursework/sheets/{sheet.id}/{way}"

    sign_in(sheet.school_class.homeroom_teacher).post(url, expect=403)
    sign_in(SubjectTeacherFactory()).post(url, expect=404)

    assert database.session.query(AuditEvent).filter_by(action="mark_sheet.downloaded").count() == 0
