"""Workbooks follow the sheet: its scale, and the reason that a sheet wants once it was handed in."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.spreadsheets import Sheet
from exchange.coursework import service
from exchange.coursework.models import Mark, Scale
from exchange.coursework.service import Choice
from tests.factories.coursework import AssessmentFactory
from tests.factories.students import StudentFactory

LEVELS = ["优秀", "良好", "中等", "及格", "不及格", "缺", "缓", "免"]


@pytest.fixture
def column(db):
    return AssessmentFactory(name="期末", weight=100)


@pytest.fixture
def sheet(column):
    return column.sheet


@pytest.fixture
def student(sheet):
    return StudentFactory(school_class=sheet.school_class)


@pytest.fixture
def on_levels(sheet):
    sheet.scale = Scale.LEVELS
    database.session.flush()
    return sheet


def first_page(sheet):
    return load_workbook(BytesIO(service.download(sheet, by=None))).worksheets[0]


def preview_of(sheet, student, mark):
    return service.preview(sheet, [Sheet.of([("学号", "期末"), (student.student_no, mark)])])


def test_workbook_of_levels_takes_the_words_of_the_scale_and_no_figure(on_levels, student):
    (rule,) = first_page(on_levels).data_validations.dataValidation

    assert [word for word in LEVELS if f'"{word}"' in rule.formula1] == LEVELS
    assert "ISNUMBER" not in rule.formula1
    assert rule.prompt == "填 优秀、良好、中等、及格、不及格、缺、缓、免。"


def test_workbook_of_figures_takes_figures_and_no_level(sheet, student):
    (rule,) = first_page(sheet).data_validations.dataValidation

    assert "ISNUMBER" in rule.formula1
    assert "优秀" not in rule.formula1


def test_level_is_written_and_comes_back_as_it_was_typed(on_levels, student):
    preview = preview_of(on_levels, student, "良好")
    cells = [each.asked for each in preview.proposals]

    service.take(on_levels, cells, Choice.REPLACE, filename="a.xlsx", by=None)
    database.session.commit()

    assert [str(each.typed) for each in preview.proposals] == ["良好"]
    assert first_page(on_levels).cell(2, 3).value == "良好"


def test_figure_is_refused_where_levels_are_given(on_levels, student):
    preview = preview_of(on_levels, student, "88")

    assert preview.proposals == []
    assert len(preview.findings) == 1
    assert preview.findings[0].code == "mark.unreadable"


@pytest.mark.parametrize(("reason", "is_written"), [("", False), ("登错了", True)])
def test_sheet_that_was_handed_in_before_wants_a_reason(sheet, column, student, sign_in, reason, is_written):
    sheet.handed_in_at = now()
    teacher, url = sign_in(sheet.teacher), f"/coursework/sheets/{sheet.id}/upload"
    database.session.commit()
    teacher.get(url)

    place = f"m.{student.id}.{column.id}.0"
    teacher.post(f"{url}/take", choice="replace", filename="a.xlsx", reason=reason, **{place: "88"})

    assert (database.session.query(Mark).count() == 1) is is_written
    assert ("要写理由" in teacher.get(f"/coursework/sheets/{sheet.id}")) is not is_written


def test_page_of_a_sheet_of_levels_offers_them_and_knows_what_is_typed_for_them(on_levels, student, sign_in):
    database.session.commit()

    page = sign_in(on_levels.teacher).get(f"/coursework/sheets/{on_levels.id}")

    assert [word for word in LEVELS[:5] if f'data-sheet-value="{word}"' not in page] == []
    assert "inputmode" not in page
