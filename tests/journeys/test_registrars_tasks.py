"""The ten things that a registrar does most, each from the home page on: how many clicks, keys and pages it takes."""

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.visit import decide, leave

pytestmark = pytest.mark.browser

ROSTER = Path(__file__).resolve().parents[1] / "data" / "roster-2026-national.xlsx"
CLASS, FULL_CLASS = "2026级云南班", "2025级云南班"
TODAY = datetime.now(timezone(timedelta(hours=8))).date().isoformat()
COUNTER = """for (const kind of ["click", "keydown"]) {
  addEventListener(kind, (event) => event.isTrusted && event.detail !== 0 | kind === "keydown" && counted(kind), true);
}"""
MOST_PAGES = 8
"""The longest way: from home over the list of orders to the kind, the class, the draft and its confirmation."""


class Task:
    """Counts what the hands do while somebody works in the browser."""

    def __init__(self, page):
        self.page = page
        self.done = {"click": 0, "keydown": 0}
        self.pages = 0
        page.context.expose_function("counted", self._count)
        page.context.add_init_script(COUNTER)
        page.on("domcontentloaded", lambda _page: self._turn())
        page.goto("/")

    def _count(self, kind):
        self.done[kind] += 1

    def _turn(self):
        self.pages += 1

    def write(self, label, text):
        self.page.get_by_label(label, exact=True).click()
        self.page.keyboard.type(text)

    def follow(self, name):
        leave(self.page, self.page.get_by_role("link", name=name, exact=True).first)

    def press(self, name):
        leave(self.page, self.page.get_by_role("button", name=name).first)


@pytest.fixture(scope="module")
def school(own_school):
    return own_school


@pytest.fixture
def task(visit):
    return Task(visit("registrar"))


def find_a_student_by_initials(task):
    task.page.locator("#finder").click()
    task.page.keyboard.type("dfx")
    leave(task.page, task.page.get_by_role("option").first)
    expect(task.page.get_by_role("heading", level=1)).to_contain_text("凤仙")


def bring_in_a_roster(task):
    task.follow("导入名册")
    task.page.get_by_label("表格").set_input_files(ROSTER)
    task.write("班级", CLASS)
    task.press("上传并检查")
    expect(task.page.get_by_role("button", name="写入 35 行")).to_be_visible()
    decide(task.page, "写入 35 行")
    expect(task.page.locator("h1 + .tag")).to_have_text("已写入")


def let_somebody_withdraw(task):
    task.follow("学生")
    task.follow("异动")
    task.follow("起草异动单")
    leave(task.page, task.page.get_by_role("link", name=re.compile("^退学（本人申请）")))
    task.write("先选班级", FULL_CLASS)
    task.press("下一步")
    task.page.get_by_role("checkbox").first.click()
    for label in ("学生申请日期", "监护人申请日期"):
        task.page.get_by_label(label).fill(TODAY)
    task.press("保存草稿")
    task.press("确认")
    expect(task.page.locator("h1 + .tag")).to_have_text("已确认")


def see_what_records_lack_before_the_deadline(task):
    task.follow("学生")
    task.follow("报送")
    expect(task.page.get_by_role("heading", name=re.compile("缺什么"))).to_be_visible()


def register_a_class_for_the_term(task):
    leave(task.page, task.page.get_by_role("link", name=re.compile("这学期还没有注册")))
    task.follow(FULL_CLASS)
    for box in task.page.get_by_role("checkbox").all():
        box.set_checked(True)  # after the first month nobody is ticked in advance
    task.press("给勾选的人注册")
    expect(task.page.locator("main")).to_contain_text("在读的学生都已注册")


def take_out_the_roster_of_a_class(task):
    task.follow("学生")
    task.follow("导出")
    task.write("班级", FULL_CLASS)
    with task.page.expect_download() as download:
        task.page.get_by_role("button", name="导出", exact=True).click()
    assert download.value.suggested_filename.startswith(FULL_CLASS)


def ask_for_letters_of_a_class(task):
    task.follow("开具证书")
    task.page.get_by_label("在读证明").click()
    task.write("班级", FULL_CLASS)
    task.press("检查")
    task.press("提交")
    expect(task.page.locator("main")).to_contain_text("制作人自己不能批准")


def answer_a_correction(task):
    leave(task.page, task.page.get_by_role("link", name=re.compile("件更正申请")))
    leave(task.page, task.page.locator("a.row-link").first)
    task.press("同意，写进记录")
    expect(task.page.locator("main")).to_contain_text("已更正，申请人会看到")


def change_the_phone_of_a_student(task):
    find_a_student_by_initials(task)
    task.follow("修改资料")
    task.write("联系电话", "13900000000")
    task.press("保存")
    expect(task.page.locator("main")).to_contain_text("139****0000")


def count_the_students_of_a_day(task):
    task.follow("学生")
    task.follow("人数")
    expect(task.page.locator("main")).to_contain_text("全校在籍")


TASKS = [
    find_a_student_by_initials,
    bring_in_a_roster,
    let_somebody_withdraw,
    see_what_records_lack_before_the_deadline,
    register_a_class_for_the_term,
    take_out_the_roster_of_a_class,
    ask_for_letters_of_a_class,
    answer_a_correction,
    change_the_phone_of_a_student,
    count_the_students_of_a_day,
]


@pytest.mark.parametrize("work", TASKS, ids=lambda work: work.__name__)
def test_task_of_the_registrar(task, work, record_property):
    work(task)

    clicks, keys, pages = task.done["click"], task.done["keydown"], task.pages
    record_property("clicks_keys_pages", f"{clicks} {keys} {pages}")
    print(f"{work.__name__.replace('_', ' ')}: {clicks} clicks, {keys} keys, {pages} pages")
    assert clicks > 0
    assert pages <= MOST_PAGES
