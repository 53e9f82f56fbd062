"""Marks typed in real browsers: two people in one cell, a server that stops, a session that ends."""

import threading
from contextlib import contextmanager
from decimal import Decimal

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from werkzeug.serving import make_server

from exchange.core.database import db as database
from exchange.coursework.models import Mark
from tests.factories.accounts import PASSWORD, RegistrarFactory
from tests.factories.coursework import AssessmentFactory
from tests.factories.students import StudentFactory

pytestmark = pytest.mark.browser


@contextmanager
def serving(app, port=0):
    """The application on a port of its own; leaving stops it as a power cut would."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def class_of_two(db):
    """The address of a sheet, who may write in it, and the places of its two cells."""
    column = AssessmentFactory(name="期末")
    students = [StudentFactory(school_class=column.sheet.school_class) for _each in range(2)]
    names = [column.sheet.teacher.username, RegistrarFactory().username]
    places = [f'[data-student="{student.id}"][data-assessment="{column.id}"]' for student in students]
    address = f"/coursework/sheets/{column.sheet.id}"
    database.session.remove()  # the server has sessions of its own
    return address, names, places


def open_sheet(chromium, port, username, address):
    page = chromium.new_context(locale="zh-CN", base_url=f"http://127.0.0.1:{port}").new_page()
    page.set_default_timeout(30_000)
    sign_in(page, username, address)
    return page


def sign_in(page, username, address):
    page.goto(f"/accounts/sign-in?next={address}")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(f"**{address}", wait_until="networkidle")


def enter(page, place, value):
    page.locator(place).click()
    page.keyboard.type(value)
    page.keyboard.press("Enter")


def wait_for_state(page, place, state):
    expect(page.locator(f"td:has({place})")).to_have_attribute("data-state", state, timeout=40_000)


def stored():
    found = select(Mark.score).order_by(Mark.student_id)
    scores = list(database.session.scalars(found))
    database.session.remove()
    return scores


def test_two_browsers_in_one_cell_lose_neither_value(app, chromium, class_of_two):
    address, (teacher, registrar), (place, _other) = class_of_two
    with serving(app) as port:
        one, two = (open_sheet(chromium, port, name, address) for name in (teacher, registrar))

        enter(one, place, "88")
        wait_for_state(one, place, "saved")
        enter(two, place, "70")
        wait_for_state(two, place, "conflict")

        assert "你填的是 70" in two.locator("[data-sheet-problems]").inner_text()
        assert "填了 88" in two.locator("[data-sheet-problems]").inner_text()
        assert stored() == [Decimal(88)]

        two.get_by_role("button", name="用我的 70").click()
        wait_for_state(two, place, "saved")
        assert stored() == [Decimal(70)]


def test_what_was_typed_while_the_server_stood_still_is_there_after_its_return(app, chromium, class_of_two):
    address, (teacher, _registrar), places = class_of_two
    with serving(app) as port:
        page = open_sheet(chromium, port, teacher, address)
        enter(page, places[0], "88")
        wait_for_state(page, places[0], "saved")

    enter(page, places[1], "77")
    wait_for_state(page, places[1], "waiting")

    with serving(app, port):
        wait_for_state(page, places[1], "saved")
        assert stored() == [Decimal(88), Decimal(77)]


def test_what_was_typed_after_the_session_ended_is_saved_after_sign_in(app, chromium, class_of_two):
    address, (teacher, _registrar), (place, _other) = class_of_two
    with serving(app) as port:
        page = open_sheet(chromium, port, teacher, address)
        page.context.clear_cookies()
        enter(page, place, "88")
        wait_for_state(page, place, "waiting")

        sign_in(page, teacher, address)

        wait_for_state(page, place, "saved")
        assert stored() == [Decimal(88)]
