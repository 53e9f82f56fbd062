"""Macro in, HTML out."""

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask_babel import refresh
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from exchange.core import icons
from exchange.core.forms import Form
from exchange.core.pagination import Page
from exchange.core.rules import Message, Regulation, RuleBook, Severity, broken
from exchange.jobs.models import Job, JobState
from tests.factories.accounts import RegistrarFactory

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"


@pytest.fixture(autouse=True)
def _choose_language_anew(app):
    """All tests share one application context, and the language is remembered there."""
    refresh()
    yield
    refresh()


@pytest.fixture
def render(app):
    """render("forms", "csrf()") gives the HTML of a macro, as on a page at /students?q=岩&page=2."""

    def html(module, call, **values):
        name = call.split("(")[0]
        source = f'{{% from "components/{module}.html" import {name} %}}{{{{ {call} }}}}'
        return _squeezed(app.jinja_env.from_string(source).render(**values))

    with app.test_request_context("/students?q=岩&page=2&lang=zh_Hans_CN"):
        yield html


def _squeezed(html):
    return re.sub(r"\s+", " ", re.sub(r">\s+<", "><", html)).strip()


class ExampleForm(Form):
    name = StringField("姓名", [InputRequired("要填写姓名。")], description="和身份证上的一样。")
    sex = RadioField("性别", choices=[SelectChoice("m", "男"), SelectChoice("f", "女")])
    boards = BooleanField("住校")


def test_form_field_names_required_fields_in_words_and_describes_the_control(render):
    html = render("forms", "form_field(form.name)", form=ExampleForm())

    assert '<label for="name">姓名<span class="required">必填</span></label>' in html
    assert 'aria-describedby="name-hint"' in html
    assert '<p class="field__hint" id="name-hint">和身份证上的一样。</p>' in html


def test_form_field_puts_the_error_below_the_control(render):
    form = ExampleForm()
    form.name.errors = ["要填写姓名。"]

    html = render("forms", "form_field(form.name)", form=form)

    assert 'aria-describedby="name-error"' in html
    assert 'aria-invalid="true"' in html
    assert html.index("<input") < html.index('<p class="field__error" id="name-error">要填写姓名。</p>')


def test_form_field_groups_choices(render):
    html = render("forms", "form_field(form.sex)", form=ExampleForm())

    assert '<fieldset class="field field--choice" id="sex"><legend>性别</legend>' in html


def test_form_page_lists_all_errors_on_top_with_links(render):
    form = ExampleForm()
    form.name.errors = ["要填写姓名。"]
    form.form_errors = ["这一班已经结束。"]

    html = render("forms", 'form_page(form, submit="保存")', form=form)

    assert "<li>这一班已经结束。</li>" in html
    assert '<li><a href="#name">姓名</a>：要填写姓名。</li>' in html
    assert html.count('name="csrf_token"') == 1


def test_action_button_carries_a_token_without_an_id(render):
    html = render("forms", 'action_button("/approve", "批准", confirm="现在批准？")')

    assert 'data-confirm="现在批准？"' in html
    assert re.search(r'<input type="hidden" name="csrf_token" value="[^"]{20,}">', html)
    assert " id=" not in html


def test_action_button_names_the_number_that_must_be_nought_before_it_asks(render):
    html = render("forms", 'action_button("/submit", "提交", confirm="现在提交？", unless="[data-sheet-missing]")')

    assert 'data-confirm="现在提交？" data-confirm-unless="[data-sheet-missing]"' in html


@pytest.mark.parametrize(
    ("state", "tone", "shape"),
    [(JobState.DONE, "done", "check"), (JobState.FAILED, "blocked", "x"), (JobState.QUEUED, "waiting", "circle")],
)
def test_status_tag_says_the_status_in_colour_shape_and_word(render, state, tone, shape):
    html = render("records", "status_tag(status)", status=state)

    assert f'<strong class="tag tag--{tone}">' in html
    assert f"icons.svg#{shape}" in html
    assert html.endswith(f"{state.label}</strong>")


def test_summary_list_says_when_a_value_is_missing(render):
    html = render("records", "summary_list(rows)", rows=[("姓名", "岩·温罕"), ("手机", "")])

    assert "<dt>姓名</dt><dd>岩·温罕</dd>" in html
    assert '<dt>手机</dt><dd><span class="quiet">未填写</span></dd>' in html


def test_checklist_shows_findings_of_a_rule_book_with_their_article(render):
    regulation = Regulation("2021", Message("实习管理规定", "Internship rules"), date(2021, 12, 31))
    book = RuleBook("START")
    message = Message("跨省实习未备案。", "Not filed.")
    enter = book.rule("INT-41", Severity.BLOCK, article="24", regulation=regulation, statement=message, message=message)
    enter(lambda facts: broken("filings"))

    html = render("records", "checklist(findings)", findings=book.findings({}))

    assert '<li class="checklist__item checklist__item--blocked">' in html
    assert "<strong>还缺</strong> 跨省实习未备案。" in html
    assert "INT-41 · 《实习管理规定》第24条" in html


def test_checklist_takes_documents_with_who_and_action(render):
    finding = {
        "rule": "INT-13",
        "article": "9",
        "severity": "GATE",
        "message": "知情同意书还没有签。",
        "who": "班主任",
        "action": {"url": "/consents/3", "label": "录入同意书"},
    }

    html = render("records", "checklist([finding])", finding=finding)

    assert "checklist__item--waiting" in html
    assert "由班主任办理" in html
    assert '<a class="button" href="/consents/3">录入同意书</a>' in html


def test_checklist_without_findings_says_so(render):
    assert "条件都已满足。" in render("records", "checklist([])")


def test_timeline_names_the_system_where_nobody_acted(render):
    event = SimpleNamespace(created_at=datetime(2026, 3, 6, 1, tzinfo=UTC), label="已登记", actor=None, reason="补录")

    html = render("records", "timeline([event])", event=event)

    assert "2026年3月6日 09:00" in html
    assert '<strong>已登记</strong><span class="quiet">系统</span>' in html
    assert "理由：补录" in html


def test_table_labels_every_cell_for_the_phone(app, render):
    source = """
    {% from "components/tables.html" import cell, table %}
    {% call(row) table("学生", columns, rows, select="ids") %}
      {{ cell(columns.name, row.name, url="/students/1") }}{{ cell(columns.mark, row.mark) }}
    {% endcall %}"""
    columns = {"name": "姓名", "mark": {"label": "成绩", "number": True, "sort": "mark"}}
    rows = [SimpleNamespace(id=1, name="岩·温罕", mark=88)]

    html = _squeezed(app.jinja_env.from_string(source).render(columns=columns, rows=rows))

    assert '<caption class="visually-hidden">学生</caption>' in html
    assert '<td data-label="成绩" class="number"><span>88</span></td>' in html
    assert '<a class="row-link" href="/students/1">岩·温罕</a>' in html
    assert '<input type="checkbox" name="ids" value="1" form="bulk" data-select>' in html
    assert 'href="/students?q=%E5%B2%A9&amp;lang=zh_Hans_CN&amp;sort=mark"' in html


def test_cell_that_is_optional_says_so_where_it_is_empty(render):
    empty, filled = (render("tables", f'cell("备注", "{value}", optional=true)') for value in ("", "免修"))

    assert '<td data-label="备注" class="table__optional">' in empty
    assert '<td data-label="备注"><span>免修</span></td>' in filled


def test_pager_keeps_the_filter_in_the_address(render):
    html = render("navigation", "pager(page)", page=Page(items=[1], number=2, per_page=50, total=120))

    assert "共 120 条，第 2 / 3 页" in html
    assert 'rel="prev" href="/students?q=%E5%B2%A9&amp;lang=zh_Hans_CN&amp;page=1"' in html


def test_pager_is_absent_where_all_rows_fit(render):
    assert render("navigation", "pager(page)", page=Page(items=[1], number=1, per_page=50, total=1)) == ""


def test_progress_says_where_to_ask(render):
    html = render("feedback", "progress(job)", job=Job(id=3, state=JobState.RUNNING, done=14, total=35, url=""))

    assert 'data-progress="/jobs/3"' in html
    assert '<progress max="35" value="14">' in html


def test_bar_chart_has_a_table_behind_it(render):
    html = render("feedback", 'bar_chart("各县人数", rows, "人")', rows=[("芒市", 14), ("瑞丽", 7)])

    assert html.count("<rect") == 2
    assert '<th scope="row">瑞丽</th><td class="number">7人</td>' in html


def test_mark_cell_carries_what_saving_needs(render):
    html = render("grid", 'mark_cell(12, 3, "88", 4, "岩·温罕 平时")')

    assert 'data-student="12" data-assessment="3" data-version="4" value="88" aria-label="岩·温罕 平时"' in html


def test_mark_head_writes_the_weight_in_percent(render):
    html = render("grid", 'mark_head([("平时", 40, 100)])')

    assert "占 40%，满分 100" in html


def test_every_page_offers_the_other_language_at_its_own_address(sign_in):
    browser = sign_in(RegistrarFactory())

    html = browser.get("/accounts/password?lang=en")

    assert '<html lang="en">' in html
    assert 'href="/accounts/password?lang=zh_Hans_CN"' in html


def test_frame_signs_out_by_post(sign_in):
    html = sign_in(RegistrarFactory()).get("/accounts/password")

    assert '<form method="post" action="/accounts/sign-out"' in html


def test_every_drawing_that_a_page_names_is_in_the_sprite():
    sources = [*TEMPLATES.rglob("*.html"), *(ROOT / "exchange").rglob("*.py")]
    text = "\n".join(source.read_text("utf-8") for source in sources)
    named = set(re.findall(r'\bicon\("([a-z0-9-]+)"\)', text)) | set(
        re.findall(r'\bicon(?:_name)?="([a-z0-9-]+)"', text)
    )

    drawn = {Path(file).stem for file in json.loads((ROOT / "package.json").read_text("utf-8"))["exchange"]["vendor"]}

    assert named - drawn == set()


def test_sprite_keeps_only_the_shapes(tmp_path):
    drawing = tmp_path / "node_modules" / "check.svg"
    drawing.parent.mkdir()
    drawing.write_text('<svg class="x"><path stroke="none" d="M0 0"/><path d="M5 12l5 5" /></svg>', "utf-8")
    (tmp_path / "package.json").write_text('{"exchange": {"vendor": ["check.svg"]}}', "utf-8")

    sprite = icons.build_sprite(tmp_path)

    assert '<symbol id="check" viewBox="0 0 24 24"><path d="M5 12l5 5" /></symbol>' in sprite


PAGES = sorted(  # a paper is not served to a browser
    path for path in TEMPLATES.rglob("*.html") if "pdf" not in path.parts and path.name != "document.html"
)


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_template_carries_no_style_or_script_of_its_own(template):
    text = template.read_text("utf-8")

    assert not re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", text)


def test_cell_that_heads_its_row_on_the_phone_needs_no_link(render):
    assert render("tables", "cell('课程', '语文', strong=true)") == (
        '<td data-label="课程" class="table__strong"><strong>语文</strong></td>'
    )
