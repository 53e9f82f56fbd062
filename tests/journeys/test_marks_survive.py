"""Marks that were typed are never lost: to another teacher, to a server that stops, to a session that ends."""

import pytest
from playwright.sync_api import expect

from tests.journeys.visit import sign_in

pytestmark = pytest.mark.browser

NETWORK = r"ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED"
OPEN_SHEETS = "SELECT id FROM mark_sheet WHERE status = 'draft' AND school_class_id = ? ORDER BY id"
YOUNGER = "SELECT id FROM school_class WHERE name = '2025级云南班'"
LAST_COLUMN = "SELECT id FROM assessment WHERE sheet_id = ? ORDER BY position DESC, id DESC LIMIT 1"
SCORE = "SELECT score FROM mark WHERE student_id = ? AND assessment_id = ?"
RETURN = 60_000  # ms until the browser has tried again and the server, perhaps slow to start, has answered


@pytest.fixture(scope="module")
def school(own_school):
    return own_school


@pytest.fixture
def sheet(school):
    """A sheet with a column that is still empty."""
    return school.rows(OPEN_SHEETS, school.count(YOUNGER))[0][0]


@pytest.fixture
def column(school, sheet):
    return school.count(LAST_COLUMN, sheet)


def open_sheet(page, sheet):
    page.goto(f"/coursework/sheets/{sheet}")
    expect(page.locator("[data-missing]").first).not_to_have_text("–")  # the script has arrived


def cells_of(page, column, first, last):
    """The cells of some rows of the column; each test has rows of its own."""
    found = page.locator(f'[data-assessment="{column}"]')
    return [found.nth(row) for row in range(first, last)]


def enter(page, cell, value):
    cell.focus()
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def state(cell, word):
    expect(cell.locator("xpath=..")).to_have_attribute("data-state", word, timeout=RETURN)


def stored(school, cell):
    """What the database holds for this cell."""
    place = int(cell.get_attribute("data-student")), int(cell.get_attribute("data-assessment"))
    rows = school.rows(SCORE, *place)
    return float(rows[0][0]) if rows else None


def test_two_teachers_in_one_cell_see_both_values_and_choose(school, visit, sheet, column):
    mine, other = visit("subject_teacher"), visit("subject_teacher")
    open_sheet(mine, sheet)
    open_sheet(other, sheet)
    (my_cell,), (other_cell,) = cells_of(mine, column, 0, 1), cells_of(other, column, 0, 1)

    enter(other, other_cell, "71")
    state(other_cell, "saved")
    enter(mine, my_cell, "82")
    state(my_cell, "conflict")

    expect(mine.locator("[data-sheet-problems]")).to_contain_text("你填的是 82")
    expect(mine.locator("[data-sheet-problems]")).to_contain_text("填了 71")
    assert stored(school, my_cell) == 71

    mine.reload()
    state(my_cell, "conflict")
    mine.get_by_role("button", name="用我的 82").click()
    state(my_cell, "saved")

    assert stored(school, my_cell) == 82


@pytest.mark.parametrize(("way", "row"), [("stop", 1), ("kill", 6)])
def test_server_that_stops_during_entry_loses_nothing(school, visit, sheet, column, way, row):
    visit.expect(NETWORK)
    page = visit("subject_teacher")
    open_sheet(page, sheet)
    cells = cells_of(page, column, row, row + 5)
    values = ["61", "72.5", "83", "94", "55"]
    enter(page, cells[0], values[0])

    getattr(school, way)()
    for cell, value in zip(cells[1:], values[1:], strict=True):
        enter(page, cell, value)
    expect(page.locator("[data-sheet-status]")).to_contain_text("未保存")
    school.start()
    for cell in cells:
        state(cell, "saved")

    assert [stored(school, cell) for cell in cells] == [float(value) for value in values]


def test_browser_that_is_closed_while_the_server_is_away_keeps_what_was_typed(school, visit, sheet, column):
    visit.expect(NETWORK)
    page = visit("subject_teacher")
    open_sheet(page, sheet)
    (cell,) = cells_of(page, column, 11, 12)

    school.kill()
    enter(page, cell, "77")
    expect(page.locator("[data-sheet-status]")).to_contain_text("未保存")
    context = page.context
    page.close()
    school.start()
    page = context.new_page()
    page.goto(f"/coursework/sheets/{sheet}")
    (cell,) = cells_of(page, column, 11, 12)
    state(cell, "saved")

    assert stored(school, cell) == 77


def test_mark_typed_before_the_script_arrives_is_saved(school, visit, sheet, column):
    page, waiting = visit("subject_teacher"), []
    page.route("**/js/grid.js", lambda route: waiting.append(route))
    page.goto(f"/coursework/sheets/{sheet}", wait_until="domcontentloaded")
    left, typed = cells_of(page, column, 13, 15)

    for cell, value in ((left, "68"), (typed, "79")):
        cell.focus()
        page.keyboard.type(value)
    waiting[0].continue_()
    state(left, "saved")
    page.keyboard.press("Enter")
    state(typed, "saved")

    assert [stored(school, left), stored(school, typed)] == [68, 79]


def test_session_that_ends_during_entry_loses_nothing(school, visit, sheet, column):
    visit.expect("status of 4(01|19)")  # signed out; then the token of the old session
    page = visit("subject_teacher")
    open_sheet(page, sheet)
    (cell,) = cells_of(page, column, 12, 13)

    page.context.clear_cookies()
    enter(page, cell, "66")
    expect(page.locator("[data-sheet-status]")).to_contain_text("登录已过期")
    expect(cell).to_have_value("66")
    assert stored(school, cell) is None

    sign_in(page.context.new_page(), "subject_teacher")
    state(cell, "saved")

    assert stored(school, cell) == 66
