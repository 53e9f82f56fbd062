"""What only a style sheet or a script gives, in a real browser: rows on the phone, print, questions before a step."""

from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "exchange" / "static"
ADDRESS = "http://exchange.test/"
ROW = """<table class="table"><tbody><tr>
<td data-label="哪里"><span>京华示范宾馆</span> <small class="quiet">前厅接待</small></td>
<td data-label="备注" class="table__optional"><span class="quiet">无</span></td>
<td data-label="原因"><ul class="reasons"><li>第一条原因，写得长，要排成两行</li><li>第二条</li></ul></td>
</tr></tbody></table>"""
SUBMIT = """<span data-sheet-missing>97</span>
<form data-confirm="现在提交？" data-confirm-unless="[data-sheet-missing]" action="/sent"><button>提交</button></form>
<dialog id="confirm"><p id="confirm-question"></p></dialog><script type="module" src="/js/app.js"></script>"""
SECTIONS = '<p id="kept">王</p><section class="screen-only">查看完整信息</section>'
SIGN_IN = (
    '<form class="form"><div class="form__actions"><button class="button">登录</button></div></form><p>忘记密码</p>'
)

pytestmark = pytest.mark.browser


@pytest.fixture
def show(chromium):
    """show(html) opens a page of our style sheets with this content."""
    context = chromium.new_context(viewport={"width": 390, "height": 800})

    def open_page(html):
        sheets = "".join(
            f'<link rel="stylesheet" href="/css/{name}.css">' for name in ("tokens", "frame", "components", "imports")
        )
        body = f'<!doctype html><html lang="zh-Hans"><head><title>t</title>{sheets}</head><body>{html}</body></html>'

        def answer(route):
            file = STATIC / route.request.url.removeprefix(ADDRESS).partition("?")[0]
            route.fulfill(path=file) if file.is_file() else route.fulfill(
                body=body, content_type="text/html; charset=utf-8"
            )

        page = context.new_page()
        page.route("**/*", answer)
        page.goto(ADDRESS, wait_until="networkidle")
        return page

    yield open_page
    context.close()


def test_row_on_the_phone_keeps_value_and_soft_line_together(show):
    page = show(ROW)

    value, soft = (page.locator(f"td:first-child > {tag}").bounding_box() for tag in ("span", "small"))

    assert 0 <= soft["x"] - (value["x"] + value["width"]) <= 12


def test_row_on_the_phone_leaves_out_what_is_optional_and_empty(show):
    assert not show(ROW).locator(".table__optional").is_visible()


def test_value_of_several_lines_begins_at_the_left(show):
    reasons = show(ROW).locator(".reasons")

    assert reasons.evaluate("list => getComputedStyle(list).textAlign") == "left"


def test_short_value_stands_at_the_right_edge(show):
    page = show(ROW)

    row, soft = page.locator("tr").bounding_box(), page.locator("td:first-child > small").bounding_box()

    assert abs(row["x"] + row["width"] - soft["x"] - soft["width"]) < 2


def test_sentence_below_a_form_stands_apart_from_its_button(show):
    page = show(SIGN_IN)

    button, sentence = page.locator("button").bounding_box(), page.locator("p").bounding_box()

    assert sentence["y"] - (button["y"] + button["height"]) >= 16


def test_print_leaves_out_what_is_for_the_screen_only(show):
    page = show(SECTIONS)
    assert page.locator(".screen-only").is_visible()

    page.emulate_media(media="print")

    assert page.locator("#kept").is_visible()
    assert not page.locator(".screen-only").is_visible()


@pytest.mark.parametrize(("missing", "asks"), [("97", False), ("0", True)])
def test_nothing_is_asked_while_something_is_missing(show, missing, asks):
    page = show(SUBMIT)
    page.evaluate("count => { document.querySelector('[data-sheet-missing]').textContent = count }", missing)

    page.get_by_role("button", name="提交").click()

    if asks:
        page.locator("#confirm[open]").wait_for()
    else:
        page.wait_for_url("**/sent*")
    assert page.locator("#confirm[open]").count() == int(asks)
