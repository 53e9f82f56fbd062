"""The mark sheet in a real browser, against a server that keeps to the protocol at the top of grid.js."""

import threading
from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from flask_wtf import CSRFProtect
from werkzeug.serving import make_server

from exchange.core import i18n

ROOT = Path(__file__).resolve().parents[2]
STUDENTS = {1: "岩温", 2: "玉香", 3: "刀建国", 4: "玉香"}
ASSESSMENTS = (1, 2)
PAGE = """
{% from "components/grid.html" import mark_cell, mark_foot, mark_head, mark_sheet, result_cell, student_head %}
<!doctype html><html lang="zh-Hans"><head><meta name="csrf-token" content="{{ csrf_token() }}"><title>t</title>
<script type="module" src="{{ url_for('static', filename='js/app.js') }}"></script></head><body>
{% call mark_sheet("/marks", 7) %}
  {{ mark_head([("平时", 40, 100), ("期末", 60, 100)]) }}
  <tbody>
    {% for student, name in students.items() %}
      <tr>
        {{ student_head(student, name) }}
        {% for assessment in assessments %}
          {% set value, version = stored.get((student, assessment), ("", 0)) %}
          {{ mark_cell(student, assessment, value, version, "学生 " ~ student, readonly=sheet.is_locked) }}
        {% endfor %}
        {{ result_cell(student, "") }}
      </tr>
    {% endfor %}
  </tbody>
  {{ mark_foot(assessments) }}
{% endcall %}
</body></html>"""

pytestmark = pytest.mark.browser


class Sheet:
    """A server with one mark sheet; ``status`` makes every save fail with it."""

    def __init__(self):
        self.stored, self.status, self.is_locked = {}, 200, False

    def save(self):
        if self.status == 419 and request.headers["X-CSRFToken"] != "fresh":
            return {"csrf_token": "fresh"}, 419
        if self.status not in {200, 419}:
            return {"message": "…"}, self.status
        return {"cells": [self.answer(cell) for cell in request.json["cells"]], "results": {}}

    def answer(self, cell):
        key = cell["student"], cell["assessment"]
        value, version = self.stored.get(key, ("", 0))
        known = {"student": key[0], "assessment": key[1]}
        if cell["value"].isdecimal() and int(cell["value"]) > 100:
            return known | {"status": "invalid", "message": "成绩要在 0–100 之间。"}
        if cell["value"] != value and cell["version"] != version:
            return known | {"status": "conflict", "value": value, "version": version, "by": "李老师", "at": "10:32"}
        if cell["value"] != value:
            self.stored[key] = cell["value"], version + 1
        return known | {"status": "saved", "value": self.stored[key][0], "version": self.stored[key][1]}


@pytest.fixture
def sheet():
    served = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "exchange" / "static")
    served.config.update(SECRET_KEY="only for tests", WTF_CSRF_CHECK_DEFAULT=False)
    CSRFProtect(served)
    i18n.init_app(served)
    served.jinja_env.globals["_"] = i18n._
    served.jinja_env.filters["number"] = str
    sheet = Sheet()
    shown = {"students": STUDENTS, "assessments": ASSESSMENTS, "stored": sheet.stored, "sheet": sheet}
    served.add_url_rule("/", view_func=lambda: render_template_string(PAGE, **shown), endpoint="page")
    served.add_url_rule("/marks", view_func=sheet.save, methods=["PUT"])
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    sheet.url = f"http://127.0.0.1:{server.port}/"
    yield sheet
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def grid(sheet, chromium):
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(sheet.url, wait_until="networkidle")
    yield page
    context.close()


def cell(page, student, assessment=1):
    return page.locator(f'[data-student="{student}"][data-assessment="{assessment}"]')


def enter(page, value, student, assessment=1):
    cell(page, student, assessment).focus()
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def paste(page, text="", html=""):
    page.evaluate(
        """([text, html]) => {
          const clipboardData = new DataTransfer();
          if (text) clipboardData.setData("text/plain", text);
          if (html) clipboardData.setData("text/html", html);
          const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
        }""",
        [text, html],
    )


def copied(page):
    """What Ctrl+C would put on the clipboard, as text and as a table."""
    return page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          const event = new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
          return [clipboardData.getData("text/plain"), clipboardData.getData("text/html")];
        }"""
    )


def selected(page):
    places = "cells => cells.map(cell => cell.firstChild.dataset).map(at => `${at.student},${at.assessment}`)"
    return page.locator("td[data-selected]").evaluate_all(places)


def settled(page, student, state="saved", assessment=1):
    page.locator(f'td[data-state="{state}"]:has([data-student="{student}"][data-assessment="{assessment}"])').wait_for()


def open_place(page):
    return page.evaluate("[document.activeElement.dataset.student, document.activeElement.dataset.assessment].join()")


def test_keys_move_as_in_a_spreadsheet(grid):
    places = []
    cell(grid, 1).focus()
    for key in ("Enter", "Tab", "ArrowUp", "ArrowLeft", "ArrowDown"):
        grid.keyboard.press(key)
        places.append(open_place(grid))

    assert places == ["2,1", "2,2", "1,2", "1,1", "2,1"]


def test_typing_replaces_and_escape_restores(grid, sheet):
    enter(grid, "77", student=1)
    settled(grid, 1)
    cell(grid, 1).focus()

    grid.keyboard.type("5")
    grid.keyboard.press("Escape")

    assert cell(grid, 1).input_value() == "77"


def test_letters_stand_for_absent_deferred_and_exempt(grid, sheet):
    for student, letter in ((1, "q"), (2, "H"), (3, "免")):
        enter(grid, letter, student)
        settled(grid, student)

    assert [sheet.stored[student, 1][0] for student in (1, 2, 3)] == ["缺", "缓", "免"]


def test_paste_fills_from_here_and_can_be_undone(grid, sheet):
    cell(grid, 3).focus()

    paste(grid, '60\t"61"\t99\r\n62\t\r\n')
    settled(grid, 4)

    assert sheet.stored == {(3, 1): ("60", 1), (3, 2): ("61", 1), (4, 1): ("62", 1)}
    assert "粘贴了 3 格，改动 3 格，忽略 2 格" in grid.locator("[data-sheet-message]").inner_text()

    grid.keyboard.press("Control+z")
    grid.wait_for_function("localStorage.length === 0 && document.querySelectorAll('[data-state=saved]').length === 3")

    assert {value for value, _version in sheet.stored.values()} == {""}


def test_paste_reads_a_table_where_there_is_no_text(grid, sheet):
    cell(grid, 1).focus()

    paste(grid, html="<table><tr><td>70</td><td>71</td></tr></table>")
    settled(grid, 1, assessment=2)

    assert sheet.stored == {(1, 1): ("70", 1), (1, 2): ("71", 1)}


def test_fill_down_leaves_what_is_there(grid, sheet):
    enter(grid, "90", student=3)
    cell(grid, 1).focus()
    grid.keyboard.type("80")

    grid.keyboard.press("Control+d")
    settled(grid, 4)

    assert [sheet.stored[student, 1][0] for student in STUDENTS] == ["80", "80", "90", "80"]


# Ranges


def test_shift_and_arrows_choose_a_range_that_is_copied_in_both_forms(grid, sheet):
    for student, value in enumerate(("70", "71"), start=1):
        enter(grid, value, student)
    cell(grid, 1).focus()

    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Shift+ArrowRight")

    assert "选了 2 行 2 列：学生 1 到 学生 2。" in grid.locator("[data-sheet-message]").inner_text()
    assert copied(grid) == [
        "70\t\r\n71\t",
        "<table><tr><td>70</td><td></td></tr><tr><td>71</td><td></td></tr></table>",
    ]


def test_shift_click_and_dragging_choose_a_range(grid, sheet):
    cell(grid, 1).click()
    cell(grid, 3).click(modifiers=["Shift"])
    assert selected(grid) == ["1,1", "2,1", "3,1"]

    cell(grid, 2).hover()
    grid.mouse.down()
    cell(grid, 3, assessment=2).hover()
    grid.mouse.up()

    assert selected(grid) == ["2,1", "2,2", "3,1", "3,2"]


def test_control_shift_arrow_chooses_to_the_edge_and_a_key_ends_the_range(grid, sheet):
    cell(grid, 1).focus()
    grid.keyboard.press("Control+Shift+ArrowDown")
    assert selected(grid) == ["1,1", "2,1", "3,1", "4,1"]

    grid.keyboard.press("ArrowRight")

    assert selected(grid) == []


def test_fill_down_gives_a_range_its_first_row(grid, sheet):
    enter(grid, "90", student=3)
    cell(grid, 1).focus()
    grid.keyboard.type("80")
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowUp")
    for _step in range(2):
        grid.keyboard.press("Shift+ArrowDown")

    grid.keyboard.press("Control+d")
    settled(grid, 3)
    grid.wait_for_function("localStorage.length === 0")

    assert [sheet.stored[student, 1][0] for student in (1, 2, 3)] == ["80", "80", "80"]


def test_one_value_fills_the_whole_range_and_delete_empties_it(grid, sheet):
    cell(grid, 1).focus()
    grid.keyboard.press("Shift+ArrowDown")
    paste(grid, "66")
    settled(grid, 2)
    assert {place: value for place, (value, _version) in sheet.stored.items()} == {(1, 1): "66", (2, 1): "66"}

    grid.keyboard.press("Delete")
    grid.wait_for_function("localStorage.length === 0")

    assert {value for value, _version in sheet.stored.values()} == {""}


def test_undo_leaves_what_was_typed_over_since(grid, sheet):
    cell(grid, 1).focus()
    paste(grid, "60\n61")
    settled(grid, 2)
    enter(grid, "99", student=2)

    grid.keyboard.press("Control+z")
    grid.wait_for_function("localStorage.length === 0")

    assert "已撤销 1 格。 后来又改过的 1 格没有动。" in grid.locator("[data-sheet-message]").inner_text()
    assert [sheet.stored[student, 1][0] for student in (1, 2)] == ["", "99"]


def test_control_z_while_typing_is_the_text_s_own(grid, sheet):
    cell(grid, 1).focus()
    paste(grid, "60")
    settled(grid, 1)
    cell(grid, 2).focus()
    grid.keyboard.type("7")

    grid.keyboard.press("Control+z")

    assert cell(grid, 1).input_value() == "60"


# What comes along with the marks


def pasted(grid, sheet, text="", html=""):
    """The stored values after a paste into the first cell, and what was said."""
    cell(grid, 1).focus()
    paste(grid, text, html)
    grid.wait_for_function("localStorage.length === 0")
    said = grid.locator("[data-sheet-message]").inner_text()
    return {place: value for place, (value, _version) in sheet.stored.items()}, said


def test_head_and_names_are_left_out_and_marks_go_to_who_is_named(grid, sheet):
    stored, said = pasted(grid, sheet, "姓名\t期末\t平时\n刀建国\t63\t53\n岩温\t61\t51")

    assert stored == {(3, 2): "63", (3, 1): "53", (1, 2): "61", (1, 1): "51"}
    assert "表头 1 行没有粘贴。" in said
    assert "左边 1 列是学生，没有粘贴；成绩按姓名或学号对到了人。" in said


def test_number_decides_between_two_of_one_name(grid, sheet):
    stored, _said = pasted(grid, sheet, "学号\t姓名\t平时\n4\t玉香\t74\n2\t玉香\t72")

    assert stored == {(4, 1): "74", (2, 1): "72"}


def test_name_that_two_share_and_strangers_get_no_mark(grid, sheet):
    stored, said = pasted(grid, sheet, "岩温\t61\n玉香\t72\n李四\t73\n刀建国\t63")

    assert stored == {(1, 1): "61", (3, 1): "63"}
    assert "不在这张表上，没有粘贴：玉香、李四。" in said


def test_list_of_another_class_is_not_pasted_at_all(grid, sheet):
    stored, said = pasted(grid, sheet, "姓名\t平时\n张三\t61\n李四\t72")

    assert stored == {}
    assert "不在这张表上，没有粘贴：张三、李四。" in said


def test_columns_without_an_assessment_are_left_out_by_their_heading(grid, sheet):
    stored, said = pasted(grid, sheet, "序号\t平时\t备注\t期末\n1\t61\t迟交\t81\n2\t62\t\t82")

    assert stored == {(1, 1): "61", (1, 2): "81", (2, 1): "62", (2, 2): "82"}
    assert "没有对应的考核项，没有粘贴：备注。" in said


def test_empty_first_row_keeps_its_place(grid, sheet):
    stored, _said = pasted(grid, sheet, "\n61\n62")

    assert stored == {(2, 1): "61", (3, 1): "62"}


def test_merged_cells_and_a_merged_title_are_understood(grid, sheet):
    html = (
        "<table><tr><td colspan=3>期末成绩</td></tr><tr><td>姓名</td><td>平时</td><td>期末</td></tr>"
        "<tr><td>岩温</td><td rowspan=2>90</td><td>81</td></tr><tr><td>刀建国</td><td>82</td></tr></table>"
    )

    stored, said = pasted(grid, sheet, "期末成绩\t\t\n姓名\t平时\t期末\n岩温\t90\t81\n刀建国\t\t82", html)

    assert stored == {(1, 1): "90", (1, 2): "81", (3, 2): "82"}
    assert "合并单元格只取第一格，其余 1 格没有动。" in said


# What becomes of a cell


def test_a_refused_value_stays_in_the_cell_with_the_reason(grid, sheet):
    enter(grid, "101", student=1)
    settled(grid, 1, "invalid")
    grid.reload(wait_until="networkidle")

    assert cell(grid, 1).input_value() == "101"
    assert "成绩要在 0–100 之间。" in grid.locator("[data-sheet-problems]").inner_text()
    assert sheet.stored == {}


@pytest.mark.parametrize(("choice", "kept"), [("用我的 44", ("44", 2)), ("用对方的 55", ("55", 1))])
def test_a_conflict_shows_both_values_and_waits_for_a_choice(grid, sheet, choice, kept):
    sheet.stored[1, 1] = "55", 1
    enter(grid, "44", student=1)
    settled(grid, 1, "conflict")

    assert "你填的是 44；李老师 在 10:32 填了 55。" in grid.locator("[data-sheet-problems]").inner_text()

    grid.get_by_role("button", name=choice).click()
    settled(grid, 1)

    assert sheet.stored[1, 1] == kept


@pytest.mark.parametrize(("status", "word"), [(500, "未保存 1 格，稍后重试"), (401, "登录已过期")])
def test_nothing_typed_is_lost_while_the_server_does_not_save(grid, sheet, status, word):
    sheet.status = status
    enter(grid, "81", student=1)
    settled(grid, 1, "waiting")

    assert word in grid.locator("[data-sheet-status]").inner_text()

    grid.reload(wait_until="networkidle")

    assert cell(grid, 1).input_value() == "81"

    sheet.status = 200
    settled(grid, 1)

    assert sheet.stored[1, 1] == ("81", 1)


def test_a_stale_token_is_replaced(grid, sheet):
    sheet.status = 419

    enter(grid, "81", student=1)
    settled(grid, 1)

    assert sheet.stored[1, 1] == ("81", 1)


def test_a_cell_still_being_typed_survives_a_reload(grid, sheet):
    cell(grid, 1).focus()
    grid.keyboard.type("52")

    grid.reload(wait_until="networkidle")
    settled(grid, 1)

    assert sheet.stored[1, 1] == ("52", 1)


def test_saved_and_refused_are_said_politely_with_the_name_of_the_cell(grid, sheet):
    live = grid.locator("[data-sheet-live]")
    assert live.get_attribute("role") == "status"

    enter(grid, "81", student=1)
    settled(grid, 1)
    assert live.inner_text() == "已保存 学生 1：81"

    enter(grid, "101", student=2)
    settled(grid, 2, "invalid")

    assert live.inner_text() == "没有保存 学生 2：成绩要在 0–100 之间。"
    reason = cell(grid, 2).get_attribute("aria-describedby")
    assert grid.locator(f"#{reason}").inner_text() == "成绩要在 0–100 之间。"


def test_conflict_is_decided_with_the_keyboard_alone(grid, sheet):
    sheet.stored[2, 1] = "55", 1
    enter(grid, "44", student=2)
    settled(grid, 2, "conflict")

    for key in ("F8", "Alt+Enter", "Tab", "Enter"):
        grid.keyboard.press(key)
    settled(grid, 2)

    assert sheet.stored[2, 1] == ("55", 1)
    assert open_place(grid) == "2,1"


@pytest.mark.parametrize(
    ("choice", "kept"), [("全部用我的", {("41", 2), ("42", 2)}), ("全部用对方的", {("51", 1), ("52", 1)})]
)
def test_many_conflicts_are_decided_at_once(grid, sheet, choice, kept):
    sheet.stored |= {(1, 1): ("51", 1), (2, 1): ("52", 1)}
    cell(grid, 1).focus()
    paste(grid, "41\n42")
    settled(grid, 2, "conflict")

    grid.get_by_role("button", name=choice).click()
    grid.wait_for_function("localStorage.length === 0")

    assert set(sheet.stored.values()) == kept


def test_focus_on_a_choice_stays_while_another_cell_is_saved(grid, sheet):
    sheet.stored[2, 1] = "55", 1
    enter(grid, "44", student=2)
    settled(grid, 2, "conflict")
    cell(grid, 3).focus()
    grid.keyboard.type("70")

    grid.get_by_role("button", name="用对方的").focus()
    settled(grid, 3)

    assert "用对方的 55" in grid.evaluate("document.activeElement.textContent")


def test_what_waits_for_a_sheet_that_was_locked_is_told_and_kept(grid, sheet):
    sheet.status = 500
    enter(grid, "81", student=1)
    settled(grid, 1, "waiting")
    sheet.is_locked = True

    grid.reload(wait_until="networkidle")

    assert "上次没保存的 1 格还在这台电脑上" in grid.locator("[data-sheet-message]").inner_text()
    assert grid.evaluate("localStorage.length") == 1
