"""The mark sheet in a real browser, against a server that keeps to the protocol at the top of grid.js."""

import threading
from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from flask_wtf import CSRFProtect
from werkzeug.serving import make_server

from exchange.core import i18n

ROOT = Path(__file__).resolve().parents[2]
STUDENTS = range(1, 5)
ASSESSMENTS = (1, 2)
PAGE = """
{% from "components/grid.html" import mark_cell, mark_foot, mark_head, mark_sheet, result_cell, student_head %}
<!doctype html><html lang="zh-Hans"><head><meta name="csrf-token" content="{{ csrf_token() }}"><title>t</title>
<script type="module" src="{{ url_for('static', filename='js/app.js') }}"></script></head><body>
{% call mark_sheet("/marks", 7) %}
  {{ mark_head([("平时", 40, 100), ("期末", 60, 100)]) }}
  <tbody>
    {% for student in students %}
      <tr>
        {{ student_head(student, "学生") }}
        {% for assessment in assessments %}
          {% set value, version = stored.get((student, assessment), ("", 0)) %}
          {{ mark_cell(student, assessment, value, version, "学生 " ~ student) }}
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
        self.stored, self.status = {}, 200

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
    shown = {"students": STUDENTS, "assessments": ASSESSMENTS, "stored": sheet.stored}
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
