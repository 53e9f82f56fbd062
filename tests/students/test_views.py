"""The pages of students."""

import json
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline
from exchange.core.database import db as database
from tests.factories.accounts import (
    AdministratorFactory,
    AidOfficerFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
)
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianshipFactory, StudentFactory


@pytest.fixture
def statements(app):
    """The SQL statements since the last ``clear``."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_list_without_students_offers_the_import(sign_in):
    page = sign_in(RegistrarFactory()).get("/students")

    assert "还没有学生" in page
    assert 'href="/imports"' in page


@pytest.mark.parametrize("address", ["/students", "/students?q=yan", "/students?sort=-class"])
def test_list_needs_as_many_statements_for_three_as_for_one(sign_in, statements, address):
    registrar = sign_in(RegistrarFactory())
    StudentFactory()
    statements.clear()
    registrar.get(address)
    for_one = len(statements)
    StudentFactory.create_batch(2)
    statements.clear()

    registrar.get(address)

    assert len(statements) == for_one <= 10


def test_student_page_needs_as_many_statements_for_three_guardians_as_for_one(sign_in, statements):
    registrar = sign_in(RegistrarFactory())
    student = GuardianshipFactory().student
    address = f"/students/{student.id}"
    statements.clear()
    registrar.get(address)
    for_one = len(statements)
    GuardianshipFactory.create_batch(2, student=student)
    statements.clear()

    registrar.get(address)

    assert len(statements) == for_one <= 12


def test_list_is_filtered_by_search_and_class(sign_in):
    registrar = sign_in(RegistrarFactory())
    wanted = StudentFactory(name="刀玉兰", school_class=SchoolClassFactory(name="2025级云南班"))
    StudentFactory(name="早文瑞")

    for address in ("/students?q=刀玉", "/students?class=2025级云南班"):
        page = registrar.get(address)
        assert f"/students/{wanted.id}" in page
        assert "早文瑞" not in page


def test_same_names_are_shown_with_their_birth_month(sign_in):
    StudentFactory.create_batch(2, name="相恩凯")

    page = sign_in(RegistrarFactory()).get("/students")

    assert page.count("2010-05 生") == 2


def test_page_masks_what_identifies_the_person(sign_in):
    student = StudentFactory(resident_id="999999201005062018", phone="13800000001", address="勐戛镇一号")

    page = sign_in(RegistrarFactory()).get(f"/students/{student.id}")

    assert [secret for secret in ("999999201005062018", "13800000001", "勐戛镇一号") if secret in page] == []
    assert "999999********2018" in page


def test_reveal_shows_one_value_once_and_is_recorded(sign_in):
    student = StudentFactory(resident_id="999999201005062018")
    user = RegistrarFactory()
    registrar = sign_in(user)
    registrar.get(f"/students/{student.id}")

    shown = registrar.post(f"/students/{student.id}/reveal", expect=200, field="resident_id", reason="核对身份证")
    afterwards = registrar.get(f"/students/{student.id}")

    line = timeline(student)[0]
    assert "999999201005062018" in shown
    assert "999999201005062018" not in afterwards
    assert (line.action, line.actor, line.reason, line.changes) == (
        "student.identity_revealed",
        user,
        "核对身份证",
        {"field": "resident_id"},
    )


def test_reveal_leaves_the_tab_of_the_record_marked(sign_in):
    student = StudentFactory()
    registrar = sign_in(RegistrarFactory())
    tab = f'href="/students/{student.id}" aria-current="page"'

    plain = registrar.get(f"/students/{student.id}")
    shown = registrar.post(f"/students/{student.id}/reveal", expect=200, field="resident_id", reason="核对身份证")

    assert tab in plain
    assert tab in shown


def test_record_promises_nothing_that_students_cannot_see_and_prints_without_its_form(sign_in):
    student = StudentFactory(birth_date=date(2010, 5, 6))

    page = sign_in(RegistrarFactory()).get(f"/students/{student.id}")

    assert "学生可以查到" not in page
    assert "2010年5月6日</dd>" in page
    assert '<section class="screen-only">' in page


def test_reveal_without_reason_shows_nothing(sign_in):
    student = StudentFactory(resident_id="999999201005062018")
    registrar = sign_in(RegistrarFactory())
    registrar.get(f"/students/{student.id}")

    page = registrar.post(f"/students/{student.id}/reveal", expect=422, field="resident_id", reason=" ")

    assert "999999201005062018" not in page
    assert database.session.query(AuditEvent).count() == 0


def test_principal_may_not_reveal(sign_in):
    student = StudentFactory()
    principal = sign_in(PrincipalFactory())
    page = principal.get(f"/students/{student.id}")

    principal.post(f"/students/{student.id}/reveal", expect=403, field="resident_id", reason="想看看")

    assert "显示一次" not in page


def test_poverty_is_shown_to_the_aid_officer_alone(sign_in):
    student = StudentFactory(poverty="监测对象")

    assert "监测对象" in sign_in(AidOfficerFactory()).get(f"/students/{student.id}")
    assert "监测对象" not in sign_in(RegistrarFactory()).get(f"/students/{student.id}")


def test_homeroom_teacher_opens_own_students_only(sign_in):
    teacher = HomeroomTeacherFactory()
    own = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    foreign = StudentFactory()
    browser = sign_in(teacher)

    browser.get(f"/students/{own.id}")
    browser.get(f"/students/{foreign.id}", expect=404)


def test_administrator_sees_no_students(sign_in):
    sign_in(AdministratorFactory()).get("/students", expect=403)


def test_finder_answers_with_at_most_eight(sign_in):
    students = StudentFactory.create_batch(9)

    answers = json.loads(sign_in(RegistrarFactory()).get("/finder?q=yan"))

    assert len(answers) == 8
    assert set(answers[0]) == {"label", "detail", "url"}
    assert answers[0]["url"] == f"/students/{students[0].id}"


def test_finder_without_words_finds_nobody(sign_in):
    StudentFactory()

    assert json.loads(sign_in(RegistrarFactory()).get("/finder?q=")) == []


def test_export_is_a_workbook_and_recorded(sign_in, tmp_path):
    user = RegistrarFactory()
    registrar = sign_in(user)
    StudentFactory(name="线𬡖", poverty="监测对象")
    registrar.get("/students/export")

    content = registrar.post("/students/export", expect=200)

    (tmp_path / "out.xlsx").write_bytes(content)
    head, row = load_workbook(tmp_path / "out.xlsx")["学生信息"].values
    assert (len(head), row[0], row[head.index("是否建档立卡贫困户")]) == (73, "线𬡖", None)
    assert [(line.action, line.changes["rows"]) for line in timeline(user)] == [("student.exported", 1)]


def test_export_of_an_unknown_class_comes_back(sign_in):
    registrar = sign_in(RegistrarFactory())
    registrar.get("/students/export")

    page = registrar.post("/students/export", expect=422, class_name="没有的班")

    assert "没有名为“没有的班”的班级" in page
