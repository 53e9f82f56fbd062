"""The way from a cell to its history, in a real browser."""

from pathlib import Path

import pytest
from flask import render_template_string

STATIC = Path(__file__).resolve().parents[2] / "exchange"
PAGE = """<!doctype html><html lang="zh-Hans"><head><title>t</title>
{% from "components/grid.html" import mark_cell, mark_history, result_cell, student_head %}
<script type="module" src="{{ url_for('static', filename='js/app.js') }}"></script></head><body><main id="content">
<table class="mark-sheet"><tbody>
  {% for student in (7, 8) %}<tr>
    {{ student_head(student, "岩温罕") }}
    {% for assessment in (3, 4) %}{{ mark_cell(student, assessment, 80, 1, "岩温罕 期末" ~ assessment) }}{% endfor %}
    {{ result_cell(student, "80", url="/students/%s"|format(student)) }}
  </tr>{% endfor %}
</tbody></table>{{ mark_history() }}</main></body></html>"""

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(app, chromium):
    """A page with four cells; every other address answers with an empty page."""
    with app.test_request_context():
        html = render_template_string(PAGE)
    page = chromium.new_page()

    def answer(route):
        path = route.request.url.removeprefix("http://school.test").partition("?")[0]
        if path.startswith("/static/"):
            return route.fulfill(path=STATIC / path.removeprefix("/"))
        return route.fulfill(body=html if path == "/" else "<title>t</title>", content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("http://school.test/")
    page.wait_for_load_state("networkidle")
    yield page
    page.close()


def test_link_comes_to_the_cell_in_focus_and_says_which_it_is(sheet):
    sheet.locator("input").nth(1).focus()

    link = sheet.get_by_role("link", name="岩温罕 期末4 的修改记录")
    assert link.get_attribute("href").endswith("/students/7#m4")
    assert link.get_attribute("aria-keyshortcuts") == "F4"


def test_link_comes_to_the_cell_under_the_pointer_and_one_click_opens_it(sheet):
    sheet.locator("input").nth(2).hover()
    sheet.get_by_role("link", name="岩温罕 期末3 的修改记录").click()

    sheet.wait_for_url("**/students/8#m3")
    assert sheet.title() == "t"


def test_key_opens_the_history_of_the_cell(sheet):
    sheet.locator("input").nth(0).focus()
    sheet.keyboard.press("F4")

    sheet.wait_for_url("**/students/7#m3")
    assert sheet.title() == "t"


def test_way_does_not_lie_between_two_cells_for_the_keyboard(sheet):
    sheet.locator("input").nth(0).focus()
    sheet.keyboard.press("Tab")

    assert sheet.evaluate("document.activeElement.dataset.assessment") == "4"
