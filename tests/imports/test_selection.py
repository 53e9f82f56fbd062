"""Choosing rows of a review with the keyboard, on the phone, and with a screen reader."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from exchange.core.database import db as database
from exchange.imports import service
from exchange.jobs.service import run_pending
from exchange.students.models import Student
from tests.factories.accounts import PASSWORD, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory
from tests.students.roster.rosters import resident_id

pytestmark = pytest.mark.browser
CLASS = "2026级云南班"
DESK = {"viewport": {"width": 1366, "height": 900}, "locale": "zh-CN"}
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "is_mobile": True, "has_touch": True}


@pytest.fixture
def review(db):
    """Address of a review of three new rows and a rejected one, and the name of who made it."""
    SchoolClassFactory(name=CLASS, number=7)
    registrar = RegistrarFactory()
    people = [f"岩{name},{resident_id(serial=serial)}" for name, serial in (("甲", 301), ("乙", 303), ("丙", 305))]
    text = "\n".join(["姓名,身份证号", *people, "岩丁,123"])
    import_ = service.upload(text.encode(), filename="x.csv", kind="roster", target=CLASS, by=registrar)
    service.review(import_, by=registrar)
    database.session.commit()
    found = f"/imports/{import_.id}", registrar.username
    database.session.remove()
    return found


@pytest.fixture
def opened(review, address, chromium):
    """opened(screen) is the review in a browser of that kind."""
    contexts = []

    def open_page(screen):
        contexts.append(chromium.new_context(base_url=address, **screen))
        page = contexts[-1].new_page()
        page.goto("/accounts/sign-in")
        page.fill("[name=username]", review[1])
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/")
        page.goto(review[0])
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_rows_are_chosen_with_the_keyboard_and_the_count_is_spoken(opened):
    page = opened(DESK)
    spoken = page.locator("[data-selection-of=bulk]")
    expect(page.get_by_role("checkbox")).to_have_count(4)  # three rows and all of them; the fourth row has none
    expect(spoken).to_have_text("")

    page.get_by_role("checkbox", name="选中这一页能写入的 3 行").press("Space")
    expect(spoken).to_have_text("已选 3 项，这一页可选 3 项")
    page.get_by_role("checkbox", name="选择第 3 行 岩乙").press("Space")

    expect(spoken).to_have_text("已选 2 项，这一页可选 3 项")
    page.get_by_role("button", name="写入其余的行").press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("选中的行不写入")
    with page.expect_response("**/commit"):
        dialog.get_by_role("button", name="确定").press("Enter")
    run_pending()

    assert list(database.session.scalars(select(Student.name))) == ["岩乙"]


def test_phone_chooses_the_whole_page_and_nothing_is_too_wide(opened):
    page = opened(PHONE)
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0

    page.locator(".select-all").click()
    expect(page.locator(".bulk-bar")).to_contain_text("已选 3 / 3")
    page.get_by_role("button", name="只写入选中的行").click()
    with page.expect_response("**/commit"):
        page.get_by_role("dialog").get_by_role("button", name="确定").click()
    run_pending()

    assert database.session.scalar(select(func.count()).select_from(Student)) == 3
