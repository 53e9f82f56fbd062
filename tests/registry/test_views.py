"""The pages of the registry as their users see them."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.core.database import today
from exchange.jobs.service import run_pending
from exchange.registry.models import Discrepancy, Reconciliation, Submission
from exchange.registry.records import record_of
from exchange.registry.service import states
from exchange.registry.service.writing import write_cells
from exchange.registry.values import DiscrepancyStatus, SubmissionStatus
from tests.factories.accounts import (
    AidOfficerFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    SubjectTeacherFactory,
    UserFactory,
)
from tests.factories.attachments import PDF
from tests.factories.programmes import SchoolClassFactory
from tests.factories.registry import compared, complete_student, registry_file, row_of, sent


@pytest.fixture
def registrar(sign_in):
    return sign_in(RegistrarFactory())


def checked():
    states.check_all()
    database.session.commit()


def test_board_offers_the_first_check(registrar):
    page = registrar.get("/registry")
    assert "还没有检查过" in page

    complete_student(without=("政治面貌",))
    registrar.post("/registry/check")
    run_pending()

    assert "政治面貌" in registrar.get("/registry")


def test_board_says_what_is_missing_and_each_number_leads_on(registrar):
    complete_student(without=("政治面貌",), name="刀玉兰")
    complete_student(name="排木果")
    checked()

    board = registrar.get("/registry")
    listed = registrar.get("/registry/students?lacks=政治面貌")

    assert "2026年秋季批次" in board
    assert "/registry/students?batch=2026-autumn&amp;lacks=" in board
    assert "刀玉兰" in listed
    assert "排木果" not in listed


def test_change_is_on_the_board_at_the_next_look(registrar):
    student = complete_student(without=("政治面貌",))
    checked()
    write_cells(student.id, {"政治面貌": "群众"}, by=None)
    database.session.commit()

    assert "正在重新检查" in registrar.get("/registry")
    assert "这个批次的记录都完整" in registrar.get("/registry")


def test_missing_value_is_filled_in_on_the_page_of_the_student(registrar):
    student = complete_student(without=("政治面貌",))
    checked()

    page = registrar.get(f"/students/{student.id}/registry")
    field = _field(page, "政治面貌")
    registrar.post(f"/students/{student.id}/registry", **{field: "群众"})

    assert "什么也不缺" in registrar.get(f"/students/{student.id}/registry")
    assert "这个批次的记录都完整" in registrar.get("/registry")


def test_missing_place_is_filled_in_by_name(registrar):
    student = complete_student(without=("出生地行政区划码",))
    checked()
    page = registrar.get(f"/students/{student.id}/registry")

    registrar.post(f"/students/{student.id}/registry", **{_field(page, "出生地行政区划码"): "云南省德宏州盈江县"})

    assert "盈江县 533123" in page
    assert record_of(student).cells["出生地行政区划码"] == "533123"
    assert "什么也不缺" in registrar.get(f"/students/{student.id}/registry")


def test_value_that_is_refused_stays_on_the_page(registrar):
    student = complete_student(phone=None)
    url = f"/students/{student.id}/registry"
    field = _field(registrar.get(url), "联系电话")

    page = registrar.post(url, expect=422, **{field: "12"})

    assert "不是手机号" in page
    assert 'value="12"' in page


def test_nothing_can_be_filled_in_where_nothing_is_missing(registrar):
    student = complete_student()
    registrar.get("/registry")

    registrar.post(f"/students/{student.id}/registry", expect=200, cell_1="别的")

    assert database.session.get(type(student), student.id).name == student.name


def test_homeroom_teacher_sees_the_own_class_and_fills_in_what_the_family_knows(sign_in):
    teacher = HomeroomTeacherFactory()
    own = complete_student(school_class=SchoolClassFactory(homeroom_teacher=teacher), phone=None, name="刀玉兰")
    foreign = complete_student(phone=None, name="排木果")
    checked()
    browser = sign_in(teacher)

    home = browser.get("/")
    listed = browser.get("/registry/students?who=homeroom_teacher")
    page = browser.get(f"/students/{own.id}/registry")

    assert "补齐 1 名学生的学籍信息" in home
    assert "刀玉兰" in listed
    assert "排木果" not in listed
    browser.post(f"/students/{own.id}/registry", **{_field(page, "联系电话"): "13900001111"})
    database.session.expire_all()
    assert database.session.get(type(own), own.id).phone == "13900001111"
    browser.post(f"/students/{foreign.id}/registry", expect=404, cell_1="别的")
    browser.get(f"/students/{foreign.id}/registry", expect=404)
    browser.get("/registry/corrections", expect=403)


@pytest.mark.parametrize(("second", "expect"), [(Role.SUBJECT_TEACHER, 404), (Role.AID_OFFICER, 403)])
def test_second_role_lets_nobody_fill_in_records_of_another_class(sign_in, second, expect):
    """What the second role shows is not what the first one writes."""
    roles = [RoleAssignment(role=role) for role in (Role.HOMEROOM_TEACHER, second)]
    foreign = complete_student(phone=None, name="排木果")
    checked()
    field = _field(sign_in(RegistrarFactory()).get(f"/students/{foreign.id}/registry"), "联系电话")
    browser = sign_in(UserFactory(assignments=roles))

    browser.post(f"/students/{foreign.id}/registry", expect=expect, **{field: "13900001111"})

    database.session.expire_all()
    assert database.session.get(type(foreign), foreign.id).phone is None


def test_aid_officer_is_told_whose_column_is_empty(sign_in):
    complete_student(poverty=None)
    checked()

    assert "登记 1 名学生的困难类型" in sign_in(AidOfficerFactory()).get("/")


def test_poverty_is_on_no_page(sign_in):
    student = complete_student(poverty="低保户口", without=("政治面貌",))
    checked()
    browser = sign_in(RegistrarFactory())

    for url in ("/registry", "/registry/students", f"/students/{student.id}/registry"):
        assert "低保户口" not in browser.get(url)


def test_principal_looks_and_subject_teacher_does_not(sign_in):
    complete_student()
    checked()
    principal = sign_in(PrincipalFactory())

    assert "生成报送文件" not in principal.get("/registry")
    principal.get("/registry/submissions", expect=403)
    sign_in(SubjectTeacherFactory()).get("/registry", expect=403)


def test_submission_from_request_to_sent(registrar):
    complete_student()
    checked()
    registrar.get("/registry/submissions")
    registrar.post("/registry/submissions", batch="2026-autumn", class_name="", only_complete="y")
    submission = database.session.query(Submission).one()
    url = f"/registry/submissions/{submission.id}"
    registrar.get(url)
    run_pending()

    registrar.get(url)
    content = registrar.post(f"{url}/download", expect=200)
    registrar.post(f"{url}/submit", on=today().isoformat())

    assert len(list(load_workbook(BytesIO(content))["学生信息"].values)) == 2
    assert database.session.get(Submission, submission.id).status is SubmissionStatus.SUBMITTED
    assert "没有。现在的记录和报送的一样" in registrar.get(url)


def test_submission_of_an_unknown_class_is_refused_on_the_form(registrar):
    registrar.get("/registry/submissions")

    page = registrar.post("/registry/submissions", expect=422, batch="", class_name="没有的班")

    assert "没有名为“没有的班”的班级" in page


def test_file_can_be_discarded(registrar):
    complete_student()
    registrar.get("/registry/submissions")
    registrar.post("/registry/submissions", batch="", class_name="", only_complete="y")
    run_pending()
    submission = database.session.query(Submission).one()

    registrar.post(f"/registry/submissions/{submission.id}/discard")
    registrar.post(f"/registry/submissions/{submission.id}/submit", expect=422, on=today().isoformat())

    assert database.session.get(Submission, submission.id).status is SubmissionStatus.DISCARDED


def test_changed_students_are_listed_on_the_submission(registrar):
    student = complete_student(name="刀玉兰")
    submission = sent(student)
    write_cells(student.id, {"联系电话": "13900009999"}, by=None)
    checked()

    assert "刀玉兰" in registrar.get(f"/registry/submissions/{submission.id}")


def test_comparison_from_upload_to_decision(registrar):
    student = complete_student(name="刀玉兰")
    registrar.get("/registry/reconciliations")
    content = registry_file(row_of(student, 联系电话="13900003333"))
    registrar.post("/registry/reconciliations", file=(BytesIO(content), "全国.xlsx"), class_name="")
    run = database.session.query(Reconciliation).one()
    registrar.get(f"/registry/reconciliations/{run.id}")
    run_pending()
    assert "新发现的不一致" in registrar.get(f"/registry/reconciliations/{run.id}")
    line = database.session.query(Discrepancy).one()

    listed = registrar.get("/registry/corrections")
    registrar.get(f"/registry/corrections/{line.id}")
    registrar.post(f"/registry/corrections/{line.id}", decision="take_over", reason="")

    assert "刀玉兰" in listed
    assert "139****3333" in listed
    assert "13900003333" not in listed
    assert database.session.get(type(student), student.id).phone == "13900003333"
    assert database.session.get(Discrepancy, line.id).status is DiscrepancyStatus.WAITING


def test_refusal_of_a_decision_stands_on_the_form(registrar):
    student = complete_student(name="刀玉兰")
    compared(row_of(student, 姓名="刀玉岚"))
    line = database.session.query(Discrepancy).one()
    registrar.get(f"/registry/corrections/{line.id}")

    page = registrar.post(f"/registry/corrections/{line.id}", expect=422, decision="take_over", reason="")

    assert "写明凭什么证明改" in page


def test_key_data_is_taken_over_with_its_paper(registrar):
    student = complete_student(name="刀玉兰")
    compared(row_of(student, 姓名="刀玉岚"))
    line = database.session.query(Discrepancy).one()
    address = f"/registry/corrections/{line.id}"
    assert "要附上户口簿" in registrar.get(address)
    typed = {"decision": "take_over", "reason": "户口簿变更页"}
    assert "第二十四条" in registrar.post(address, expect=422, **typed)

    registrar.post(address, **typed, proofs=(BytesIO(PDF), "户口簿.pdf"))

    assert database.session.get(type(student), student.id).name == "刀玉岚"
    assert "户口簿.pdf" in registrar.get(address)


def test_several_lines_are_decided_at_once(registrar):
    one, two = complete_student(), complete_student()
    compared(*(row_of(each, 学籍号=f"G{each.resident_id}") for each in (one, two)))
    ids = [each.id for each in database.session.query(Discrepancy)]
    registrar.get("/registry/corrections")

    registrar.post("/registry/corrections/decide", ids=ids, decision="take_over", reason="")

    assert {each.status for each in database.session.query(Discrepancy)} == {DiscrepancyStatus.WAITING}
    assert "已决定 2 条" in registrar.get("/registry/corrections")


def test_nothing_selected_is_said(registrar):
    registrar.get("/registry/corrections")
    registrar.post("/registry/corrections/decide", decision="take_over")

    assert "先选中" in registrar.get("/registry/corrections")


@pytest.mark.parametrize("query", ["", "?show=number", "?show=gone", "?show=overdue", "?kind=no_base", "?class=无"])
def test_correction_list_is_filtered_by_its_address(registrar, query):
    compared(row_of(complete_student(name="刀玉兰"), 联系电话="13900003333"))

    page = registrar.get(f"/registry/corrections{query}")

    assert ("刀玉兰" in page) == (query in {"", "?kind=no_base"})


def test_correction_list_goes_out_as_a_workbook_with_whole_values(registrar):
    student = complete_student()
    compared(row_of(student, 联系电话="13900003333"))
    registrar.get("/registry/corrections")

    content = registrar.post("/registry/corrections/export", expect=200)

    _head, row = load_workbook(BytesIO(content)).active.values
    assert row[2] == student.resident_id
    assert row[5:8] == ("13900001234", None, "13900003333")


def test_home_of_the_registrar_tells_of_deadline_and_corrections(sign_in):
    import time_machine

    student = complete_student(without=("政治面貌",))
    with time_machine.travel("2026-11-14 09:00+08:00"):
        checked()
        compared(row_of(student, 联系电话="13900003333"))
        page = sign_in(RegistrarFactory()).get("/")

    assert "2026年秋季批次还有 6 天" in page
    assert "1 条不完整，1 条没有报送" in page
    assert "处理更正清单：1 条" in page


def _field(page, heading):
    """The name of the control whose label is the heading."""
    import re

    return re.search(rf'<label for="(cell_\d+)">{heading}', page)[1]
