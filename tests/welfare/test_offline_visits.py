"""The home-visit form in a real phone browser, in the hills: kept, sent exactly once, and gone with the sign-out."""

import pypdfium2
import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from exchange.attachments.models import Attachment
from exchange.core.database import db as database
from exchange.welfare.models import VisitReport, VisitSheet
from tests.browser import until
from tests.factories.accounts import PASSWORD, HomeroomTeacherFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianshipFactory, StudentFactory
from tests.factories.welfare import VisitReportFactory, VisitSheetFactory

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # ms; machines that test are busy
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}
PAGE = "/welfare/visits/offline"
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


@pytest.fixture
def sheets(db):
    """Ids of the sheets of one class and the user name of its teacher."""
    teacher = HomeroomTeacherFactory()
    school_class = SchoolClassFactory(homeroom_teacher=teacher)
    students = [StudentFactory(name=name, school_class=school_class) for name in ("岩旺", "刀玉兰")]
    for student in students:
        GuardianshipFactory(student=student)
    ids = [VisitSheetFactory(student=student).id for student in students]
    username = teacher.username
    database.session.remove()  # the server has sessions of its own
    return username, ids


@pytest.fixture
def phone(address, chromium, sheets):
    """A phone on which the homeroom teacher has opened the page with network, and the ids of the sheets."""
    username, ids = sheets
    context = chromium.new_context(base_url=address, **PHONE)
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, username)
    page.goto(PAGE)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, f"caches.match('{PAGE}').then(Boolean)")
    page.reload()
    page.wait_for_load_state("networkidle")
    yield page, ids
    context.close()


def sign_in(page, username):
    page.goto("/accounts/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url("**/")


def write(page, sheet_id, situation="外婆照顾"):
    page.click(f"[data-sheet='{sheet_id}'] a")
    page.fill("#with_whom", "外婆")
    page.fill("#situation", situation)
    expect(page.locator("[data-form-state]")).to_have_text("已存在这部手机上")


def finish(page):
    page.get_by_role("button", name="填好了，发送").click()


def state(page):
    return page.locator("[data-form-state]")


def reports():
    """What has reached the school. The session is closed at once: it would keep the server from writing."""
    found = database.session.scalars(select(VisitReport).order_by(VisitReport.id)).all()
    database.session.remove()
    return found


KEPT = """() => new Promise((resolve) => {
  const request = indexedDB.open("home-visits", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("drafts", { keyPath: "key" });
  request.onsuccess = () => {
    const all = request.result.transaction("drafts").objectStore("drafts").getAll();
    all.onsuccess = () => {
      request.result.close();
      resolve(all.result.map(({ state, fields }) => [state, fields.situation ?? ""]));
    };
  };
})"""


def kept(page):
    """State and words of every draft on the phone."""
    return page.evaluate(KEPT)


def test_form_is_filled_without_network_and_sent_once_when_it_is_back(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    page.reload()
    assert "现在没有网络" in page.inner_text("main")
    write(page, first)
    finish(page)
    expect(state(page)).to_have_text("等网络，有网自动发送")
    assert reports() == []

    page.context.set_offline(False)
    expect(state(page)).to_have_text("已送到学校")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.reload()
    page.wait_for_load_state("networkidle")

    assert [(report.sheet_id, report.situation) for report in reports()] == [(first, "外婆照顾")]
    assert kept(page) == [["sent", ""]]


def test_draft_outlives_a_closed_page(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    write(page, first, "写了一半")
    page.close(run_before_unload=False)

    page = page.context.new_page()
    page.goto(PAGE)
    expect(page.locator(f"[data-sheet='{first}'] [data-state]")).to_have_text("草稿，只在这部手机上")
    page.click(f"[data-sheet='{first}'] a")

    expect(page.locator("#situation")).to_have_value("写了一半")


def test_answer_that_was_lost_on_the_way_does_not_write_twice(phone):
    page, (first, _second) = phone
    write(page, first)
    lose = {"answers": 1}

    def reach_the_server_and_lose_the_answer(route):
        route.fetch()
        if lose["answers"]:
            lose["answers"] -= 1
            route.abort()
        else:
            route.continue_()

    page.route("**/reports/**", reach_the_server_and_lose_the_answer)
    finish(page)
    expect(state(page)).to_have_text("等网络，有网自动发送")
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(state(page)).to_have_text("已送到学校")
    assert len(reports()) == 1


def test_words_written_after_a_lost_answer_are_not_lost(phone):
    page, (first, _second) = phone
    write(page, first, "第一遍")

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/reports/**", lose_the_answer)
    with page.expect_event("requestfailed"):
        finish(page)
    expect(state(page)).to_have_text("等网络，有网自动发送")
    page.unroute("**/reports/**")
    page.fill("#situation", "第二遍，写全了")
    expect(state(page)).to_have_text("已存在这部手机上")
    finish(page)
    page.get_by_role("button", name="作为补充发送").click()

    expect(state(page)).to_have_text("已送到学校")
    assert [report.situation for report in reports()] == ["第一遍", "第二遍，写全了"]


def test_sheet_that_somebody_else_has_filled_is_shown_and_nothing_is_lost(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    write(page, first, "我写的")
    finish(page)
    VisitReportFactory(sheet=database.session.get(VisitSheet, first), situation="别人写的")
    database.session.remove()

    page.context.set_offline(False)
    expect(page.locator("[data-conflict-message]")).to_contain_text("已经填了这张家访表")
    assert kept(page) == [["conflict", "我写的"]]
    page.reload()
    expect(page.locator("#situation")).to_have_value("我写的")
    page.get_by_role("button", name="作为补充发送").click()

    expect(state(page)).to_have_text("已送到学校")
    assert [report.situation for report in reports()] == ["别人写的", "我写的"]


def test_photo_goes_along(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    write(page, first)
    page.set_input_files("#photos", {"name": "home.png", "mimeType": "image/png", "buffer": ONE_PIXEL})
    expect(page.locator("[data-photos]")).to_have_text("1 张照片")
    finish(page)

    page.context.set_offline(False)
    expect(state(page)).to_have_text("已送到学校")

    (file,) = database.session.scalars(select(Attachment)).all()
    assert (file.subject_type, file.subject_id, file.media_type) == ("visit_report", reports()[0].id, "image/jpeg")


def test_session_that_ended_keeps_the_draft_until_the_sign_in(phone, sheets):
    page, (first, _second) = phone
    write(page, first)
    page.context.clear_cookies()
    finish(page)
    expect(state(page)).to_contain_text("请先登录")

    sign_in(page, sheets[0])
    page.goto(PAGE)

    expect(page.locator(f"[data-sheet='{first}'] [data-state]")).to_have_text("已送到学校")
    assert len(reports()) == 1


def test_code_on_the_paper_opens_the_form_without_network(phone):
    page, (_first, second) = phone
    page.context.set_offline(True)

    page.goto(f"/welfare/visits/{second}")

    expect(page.locator("[data-form] h2")).to_have_text("刀玉兰")


def test_missing_fields_are_named_before_anything_is_sent(phone):
    page, (first, _second) = phone
    page.click(f"[data-sheet='{first}'] a")
    finish(page)

    expect(state(page)).to_contain_text("还没有填：见到了谁 家里的情况")
    assert reports() == []


def test_nothing_stays_on_the_phone_after_sign_out(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    write(page, first)
    page.context.set_offline(False)
    page.locator(".topbar summary").click()
    page.get_by_role("button", name="退出").click()
    expect(page.get_by_role("dialog")).to_contain_text("还有没送到学校的内容")
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    assert kept(page) == [["draft", "外婆照顾"]]

    page.locator(".topbar summary").click() if not page.get_by_role("button", name="退出").is_visible() else None
    page.get_by_role("button", name="退出").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    page.wait_for_url("**/accounts/sign-in*")

    until(page, "caches.keys().then((names) => names.length === 0)")
    until(page, "indexedDB.databases().then((all) => all.length === 0)")


def test_drafts_of_somebody_else_are_not_shown(phone):
    page, (first, _second) = phone
    page.context.set_offline(True)
    write(page, first)
    page.context.set_offline(False)
    page.context.clear_cookies()
    other = HomeroomTeacherFactory()
    username = other.username
    VisitSheetFactory(student=StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=other)))
    database.session.remove()

    sign_in(page, username)
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")

    assert "岩旺" not in page.inner_text("main")


def test_page_fits_the_phone(phone):
    page, (first, _second) = phone
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0

    page.click(f"[data-sheet='{first}'] a")
    expect(page.locator("[data-form]")).to_be_visible()

    expect(page.locator("[data-list]")).to_be_hidden()
    assert page.evaluate(wider) == 0


def test_every_sheet_prints_on_one_a4_page(address, chromium, sheets):
    username, _ids = sheets
    context = chromium.new_context(base_url=address, locale="zh-CN")
    page = context.new_page()
    sign_in(page, username)
    page.goto("/welfare/visits")
    page.locator("[data-select-all]").check()
    page.get_by_role("button", name="打印家访表").click()
    page.get_by_role("dialog").get_by_role("button", name="确定").click()
    expect(page.locator(".visit-sheet")).to_have_count(2)

    paper = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    context.close()

    assert len(paper) == 2
    assert [round(each) for each in paper[0].get_size()] == [595, 842]
    assert "岩旺" in paper[1].get_textpage().get_text_range() + paper[0].get_textpage().get_text_range()
