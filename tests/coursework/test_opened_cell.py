"""A list of what is missing leads to the very cell, and a scale of levels is summed up in levels; in real browsers."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.coursework.models import Scale
from tests.factories.accounts import PASSWORD
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.browser
COLUMNS, STUDENTS = 10, 45


@pytest.fixture
def open_page(chromium, address):
    """open_page(user name, address): that page in a browser of a small screen, signed in."""
    contexts = []

    def open_it(username, url):
        context = chromium.new_context(base_url=address, locale="zh-CN", viewport={"width": 1000, "height": 620})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.goto("/accounts/sign-in")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url("**/")
        page.goto(url)
        return page

    yield open_it
    for context in contexts:
        context.close()


@pytest.fixture
def sheet(db):
    """A sheet that is far larger than the screen, with its columns and students."""
    sheet = MarkSheetFactory()
    columns = [AssessmentFactory(sheet=sheet, weight=100 // COLUMNS) for _number in range(COLUMNS)]
    students = [StudentFactory(school_class=sheet.school_class) for _number in range(STUDENTS)]
    return sheet, columns, students


def is_in_sight(cell):
    """Whether the cell itself is on top in its middle: not scrolled away, and under no head, foot or first column."""
    return cell.evaluate(
        """input => {
          const { x, y, width, height } = input.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + height / 2) === input;
        }"""
    )


def cell_of(page, student_id, column_id):
    return page.locator(f'[data-student="{student_id}"][data-assessment="{column_id}"]')


@pytest.mark.parametrize(("row", "column"), [(0, 0), (22, 5), (-1, -1)])
@pytest.mark.parametrize("was_handed_in", [False, True], ids=["first entry", "corrections"])
def test_address_of_a_cell_opens_the_sheet_at_it(open_page, sheet, row, column, was_handed_in):
    found, columns, students = sheet
    found.handed_in_at = now() if was_handed_in else None
    student_id, column_id = students[row].id, columns[column].id
    username, url = found.teacher.username, f"/coursework/sheets/{found.id}#m.{student_id}.{column_id}"
    database.session.commit()
    database.session.remove()

    cell = cell_of(open_page(username, url), student_id, column_id)

    expect(cell).to_be_focused()
    assert is_in_sight(cell)


def test_missing_opens_the_sheet_at_the_first_empty_cell(open_page, sheet):
    found, columns, students = sheet
    for column in columns:
        MarkFactory(assessment=column, student=students[0])
    username, url = found.teacher.username, f"/coursework/sheets/{found.id}#missing"
    student_id, column_id = students[1].id, columns[0].id
    database.session.commit()
    database.session.remove()

    expect(cell_of(open_page(username, url), student_id, column_id)).to_be_focused()


def test_address_of_no_cell_leaves_the_sheet_as_it_is(open_page, sheet):
    found, _columns, students = sheet
    username, url = found.teacher.username, f"/coursework/sheets/{found.id}#m.{students[0].id}.0"
    database.session.remove()

    page = open_page(username, url)

    expect(page.locator("[data-summary]").first).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")


def test_scale_of_levels_counts_levels_under_every_column(open_page, db):
    sheet = MarkSheetFactory(scale=Scale.LEVELS)
    columns = [AssessmentFactory(sheet=sheet, weight=50) for _number in range(2)]
    students = [StudentFactory(school_class=sheet.school_class) for _number in range(4)]
    for student, score in zip(students, (95, 85, 85, 55), strict=True):
        MarkFactory(assessment=columns[0], student=student, score=Decimal(score))
    username, url, ids = sheet.teacher.username, f"/coursework/sheets/{sheet.id}", [each.id for each in columns]
    first = students[0].id
    database.session.commit()
    database.session.remove()

    page = open_page(username, url)
    expect(page.locator(f'[data-summary="{ids[0]}"]')).to_have_text("优秀 1 · 良好 2 · 不及格 1")
    expect(page.locator(f'[data-summary="{ids[1]}"]')).to_have_text("–")
    expect(page.locator(f'[data-missing="{ids[1]}"]')).to_have_text("4")

    cell_of(page, first, ids[1]).fill("良")
    page.keyboard.press("Enter")

    expect(page.locator(f'[data-summary="{ids[1]}"]')).to_have_text("良好 1")
    expect(page.locator("[data-sheet-summary]")).to_have_text("优秀 1")
    assert "平均" not in page.locator("tfoot").inner_text()
