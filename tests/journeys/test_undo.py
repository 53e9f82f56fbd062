"""A registrar takes a whole import back, and nothing of it stays."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_roster_to_paper import CLASS, STUDENTS_OF, import_roster

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def school(own_school):
    return own_school


def test_an_import_is_undone_and_leaves_no_student(school, visit):
    students = school.count("SELECT count(*) FROM student")
    guardians = school.count("SELECT count(*) FROM guardian")
    registrar = visit("registrar")
    import_roster(registrar, school)

    registrar.get_by_role("link", name="撤销导入").click()
    registrar.get_by_label("撤销的理由").fill("选错了班级")
    registrar.get_by_role("button", name="撤销导入").click()

    expect(registrar.locator("h1 + .tag")).to_have_text("已撤销")
    assert school.rows(STUDENTS_OF, CLASS) == []
    assert school.count("SELECT count(*) FROM student") == students
    assert school.count("SELECT count(*) FROM guardian") == guardians
