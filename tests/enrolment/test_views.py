"""The pages of intakes, applicants, arrivals and registration, as their users see them."""

import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.attachments.queries import attachments_of
from exchange.core.database import db as database
from exchange.enrolment.models import Applicant, ApplicantStatus, ArrivalGroup
from exchange.partners import service as partners
from tests.factories import accounts
from tests.factories.attachments import PDF
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory, TermRegistrationFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory, resident_id

FIELDS = {
    "name": "刀玉兰",
    "resident_id": resident_id(1),
    "sex": "",
    "ethnicity": "傣族",
    "county": "533103",
    "guardian_name": "刀母",
    "guardian_relation": "母亲",
    "guardian_phone": "13800000001",
    "school_class_id": "0",
}


@pytest.fixture
def registrar(sign_in, db):
    return sign_in(accounts.RegistrarFactory())


def bureau_for(*areas):
    bureau = accounts.PartnerUserFactory()
    partners.grant_regions(bureau, areas, by=None)
    database.session.commit()
    return bureau


def address_of(applicant):
    return f"/enrolment/intakes/{applicant.project_id}/{applicant.intake_year}"


def test_empty_system_says_what_comes_first(registrar):
    assert "先建立协作项目" in registrar.get("/enrolment")
    assert "先建立项目" in registrar.get("/enrolment/intakes/new")
    assert "没有安排到校的新生" in registrar.get("/enrolment/arrivals")
    assert "没有等待注册的新生" in registrar.get("/enrolment/registration")
    assert "还没有设立学期" in registrar.get("/enrolment/terms")


def test_registrar_enters_an_applicant_and_goes_on_with_the_next(registrar):
    project = CooperationProjectFactory()
    registrar.get("/enrolment/intakes/new")
    registrar.post("/enrolment/intakes/new", project_id=project.id, year=2026)
    form = f"/enrolment/intakes/{project.id}/2026/applicants/new"
    assert registrar.response.location == form
    registrar.get(form)

    registrar.post(form, **FIELDS)

    assert registrar.response.location == form
    assert "刀玉兰" in registrar.get(f"/enrolment/intakes/{project.id}/2026")
    applicant = database.session.scalar(select(Applicant))
    page = registrar.get(f"/enrolment/applicants/{applicant.id}")
    assert FIELDS["resident_id"] not in page
    assert "138****0001" in page


@pytest.mark.parametrize(
    ("flaw", "sentence"),
    [
        ({"resident_id": "123"}, "应为 18 位"),
        ({"resident_id": ""}, "没有身份证件号"),
        ({"sex": "male"}, "性别"),
        ({"name": ""}, "姓名"),
        ({"county": "513433"}, "生源县"),
    ],
)
def test_what_cannot_be_right_comes_back_with_everything_typed(registrar, flaw, sentence):
    form = f"/enrolment/intakes/{CooperationProjectFactory().id}/2026/applicants/new"
    registrar.get(form)

    page = registrar.post(form, expect=422, **FIELDS | flaw)

    assert sentence in page
    assert "13800000001" in page
    assert database.session.scalar(select(Applicant)) is None


def test_edit_shows_the_number_masked_and_keeps_it(registrar):
    applicant = ApplicantFactory(name="刀玉兰")
    page = registrar.get(f"/enrolment/applicants/{applicant.id}/edit")
    assert applicant.resident_id not in page

    registrar.post(
        f"/enrolment/applicants/{applicant.id}/edit",
        **FIELDS | {"resident_id": "", "name": "刀玉香", "school_class_id": applicant.school_class_id},
    )

    assert (applicant.name, applicant.resident_id[:6]) == ("刀玉香", "999999")


def test_board_counts_by_county_and_many_are_admitted_at_once(registrar):
    applicants = [ApplicantFactory()]
    applicants += [ApplicantFactory(project=applicants[0].project) for _number in range(2)]
    partners.set_quotas(applicants[0].project, {(2026, "533103"): 2}, by=None)
    database.session.commit()
    registrar.get(address_of(applicants[0]))

    registrar.post(f"{address_of(applicants[0])}/admissions", applicant=[each.id for each in applicants])

    assert [each.status.value for each in applicants] == ["admitted", "admitted", "applied"]
    page = registrar.get(address_of(applicants[0]))
    assert "已录取 2 人" in page
    assert "名额已满" in page


def test_principal_admits_beyond_the_quota_with_a_reason(sign_in, db):
    applicant = ApplicantFactory()
    partners.set_quotas(applicant.project, {(2026, "533103"): 0}, by=None)
    database.session.commit()
    url = f"/enrolment/applicants/{applicant.id}"
    registrar, principal = sign_in(accounts.RegistrarFactory()), sign_in(accounts.PrincipalFactory())
    assert "disabled" in registrar.get(url)
    assert "名额已满" in registrar.post(f"{url}/transitions/admit", expect=409, reason="想录取")
    principal.get(url)

    principal.post(f"{url}/transitions/admit", reason="姐妹同来")

    assert "姐妹同来" in principal.get(url)
    assert "超 1" in principal.get(address_of(applicant))


def test_letter_says_what_to_bring_and_is_for_the_admitted_only(registrar):
    applicant = ApplicantFactory(admitted=True, arrival_group=ArrivalGroupFactory())
    ApplicantFactory(project=applicant.project, name="未定者")

    page = registrar.get(f"/enrolment/applicants/{applicant.id}/letter")
    for word in (applicant.admission_no, "身份证、户口簿、初中毕业证", "2026年8月28日", "视为放弃入学资格"):
        assert word in page
    assert "未定者" not in registrar.get(f"{address_of(applicant)}/letters")


def test_group_is_planned_printed_and_changed(registrar):
    applicant = ApplicantFactory(admitted=True, name="刀玉兰")
    form = f"{address_of(applicant)}/groups/new"
    assert "刀玉兰" in registrar.get(form)

    registrar.post(form, arrives_on="2026-08-28", arrives_at="21:40", transport="G1376", members=[applicant.id])

    group = database.session.scalar(select(ArrivalGroup))
    page = registrar.get(f"/enrolment/groups/{group.id}")
    assert "刀玉兰" in page
    assert "送读老师签字" in page
    registrar.get(f"/enrolment/groups/{group.id}/edit")
    registrar.post(f"/enrolment/groups/{group.id}/edit", arrives_on="2026-08-29", members=[])
    assert (group.arrives_on, applicant.arrival_group) == (date(2026, 8, 29), None)


@time_machine.travel("2026-08-28 21:00+08:00", tick=False)
def test_teacher_receives_a_class_with_one_tap_each(sign_in, db):
    teacher = accounts.HomeroomTeacherFactory()
    group = ArrivalGroupFactory()
    school_class = SchoolClassFactory(project=group.project, homeroom_teacher=teacher)
    applicant = ApplicantFactory(admitted=True, project=group.project, school_class=school_class, arrival_group=group)
    browser = sign_in(teacher)
    page = browser.get("/enrolment/arrivals")
    assert "tel:13800000001" in page
    assert "tel:13900000009" in page
    tap = f"/enrolment/arrivals/{applicant.id}"

    browser.post(tap, says="arrived")
    assert browser.response.location.endswith(f"#applicant-{applicant.id}")
    assert "21:00 到" in browser.get("/enrolment/arrivals")
    browser.post(tap, says="parents-told")
    assert "21:00 已报平安" in browser.get("/enrolment/arrivals")
    assert applicant.parents_told_by == teacher
    browser.post(tap, says="parents-not-told")
    browser.post(tap, says="not-arrived")

    assert (applicant.status, applicant.parents_told_at) == (ApplicantStatus.ADMITTED, None)
    browser.post(tap, expect=422, says="nonsense")
    assert "状态已经变了" in browser.post(tap, expect=409, says="not-arrived")


@time_machine.travel("2026-09-01 08:00+08:00", tick=False)
def test_who_is_late_stands_first_and_waits_on_the_home_page(sign_in, db):
    registrar = sign_in(accounts.RegistrarFactory())
    late = ApplicantFactory(
        admitted=True, arrival_group=ArrivalGroupFactory(arrives_on=date(2026, 8, 20)), name="迟到者"
    )
    ApplicantFactory(
        admitted=True,
        project=late.project,
        name="今日者",
        arrival_group=ArrivalGroupFactory(arrives_on=date(2026, 9, 1)),
    )

    page = registrar.get("/enrolment/arrivals")

    assert page.index("迟到者") < page.index("今日者")
    home = registrar.get("/")
    assert "1 名新生过了日子还没有到" in home
    assert "今天有 1 名新生到校" in home


def test_delay_and_steps_with_a_reason(registrar):
    applicant = ApplicantFactory(admitted=True)
    url = f"/enrolment/applicants/{applicant.id}"
    registrar.get(f"{url}/delay")
    registrar.post(f"{url}/delay", until="2099-01-01", reason="住院")
    assert applicant.late_until == date(2099, 1, 1)
    registrar.get(url)
    assert "写明理由" in registrar.post(f"{url}/transitions/decline", expect=409, reason="")

    registrar.post(f"{url}/transitions/decline", reason="去读高中")

    assert applicant.status == ApplicantStatus.DECLINED
    registrar.post(f"{url}/transitions/nothing", expect=404)


def test_proof_of_a_delay_is_attached_and_only_the_office_opens_it(registrar, sign_in):
    teacher = accounts.HomeroomTeacherFactory()
    applicant = ApplicantFactory(admitted=True, school_class=SchoolClassFactory(homeroom_teacher=teacher))
    url = f"/enrolment/applicants/{applicant.id}"
    assert "延期报到的证明" not in registrar.get(url)
    registrar.get(f"{url}/delay")
    registrar.post(f"{url}/delay", until="2099-01-01", reason="住院")
    assert "还没有附上书面申请和证明" in registrar.get(url)

    registrar.post(f"{url}/proofs", proofs=(BytesIO(PDF), "诊断.pdf"))

    page = registrar.get(url)
    assert "诊断.pdf" in page
    (proof,) = attachments_of(applicant)
    assert registrar.post(f"/attachments/{proof.id}", expect=200) == PDF
    browser = sign_in(teacher)
    assert "诊断.pdf" not in browser.get(url)
    browser.post(f"/attachments/{proof.id}", expect=404)
    browser.post(f"{url}/proofs", expect=403)


def test_proof_without_a_file_says_so(registrar):
    applicant = ApplicantFactory(admitted=True, late_until=date(2099, 1, 1))
    url = f"/enrolment/applicants/{applicant.id}"
    registrar.get(url)

    assert "选择一个文件" in registrar.post(f"{url}/proofs", expect=409)


def test_class_is_registered_with_the_papers_of_each(registrar):
    first = ApplicantFactory(arrived=True, documents=[], name="刀玉兰")
    same = {"project": first.project, "school_class": first.school_class}
    second = ApplicantFactory(arrived=True, documents=[], name="岩温罕", **same)
    ApplicantFactory(arrived=True, project=first.project, school_class=None, name="没分班")
    page = registrar.get("/enrolment/registration")
    assert first.school_class.name in page
    assert "没分班" in page
    url = f"/enrolment/registration/{first.school_class_id}"
    registrar.get(url)

    registrar.post(
        url,
        on="2026-09-01",
        members=[first.id, second.id],
        **{f"documents_{first.id}": ["admission_letter", "household_register"]},
    )

    assert [first.status.value, second.status.value] == ["registered", "arrived"]
    page = registrar.get(url)
    assert "已注册 1 人，学号已编好" in page
    assert "岩温罕：XJ-01" in page
    assert first.student.student_no in page
    assert first.student.student_no in registrar.get(f"/enrolment/applicants/{first.id}")
    registrar.post(url, on="2026-09-01", only="papers", **{f"documents_{second.id}": ["identity_card"]})
    assert (second.documents, second.status.value) == (["identity_card"], "arrived")


def test_registration_on_a_day_beyond_all_calendars_comes_back(registrar):
    newcomer = ApplicantFactory(arrived=True)
    url = f"/enrolment/registration/{newcomer.school_class_id}"
    registrar.get(url)

    registrar.post(url, expect=422, on="9999-12-31", members=[newcomer.id + 1])

    assert newcomer.status.value == "arrived"


def test_bureau_enters_and_sees_own_counties_only(sign_in, db):
    foreign = ApplicantFactory(county="533102", name="瑞丽的")
    browser = sign_in(bureau_for("533103"))
    url = address_of(foreign)
    browser.get(f"{url}/applicants/new")

    browser.post(f"{url}/applicants/new", **FIELDS)
    browser.post(f"{url}/applicants/new", expect=422, **FIELDS | {"county": "533102", "resident_id": resident_id(2)})

    page = browser.get(url)
    assert "刀玉兰" in page
    assert "瑞丽的" not in page
    assert "瑞丽市" not in page
    browser.get(f"/enrolment/applicants/{foreign.id}", expect=404)
    browser.get(f"/enrolment/applicants/{foreign.id}/edit", expect=404)
    browser.get("/enrolment/arrivals", expect=403)
    assert "2026年" in browser.get("/enrolment")


def test_bureau_of_another_region_finds_nothing(sign_in, db):
    applicant = ApplicantFactory()
    browser = sign_in(bureau_for("513433"))

    browser.get(f"{address_of(applicant)}/applicants/new", expect=404)
    assert applicant.name not in browser.get(address_of(applicant))
    assert "还没有和你有关的招生" in browser.get("/enrolment")
    assert "还没有给你的账号设定地区" in browser.get("/enrolment/intakes/new")


def test_homeroom_teacher_sees_own_class_and_no_numbers_of_the_intake(sign_in, db):
    teacher = accounts.HomeroomTeacherFactory()
    own = ApplicantFactory(admitted=True)
    own.school_class.homeroom_teacher = teacher
    other = ApplicantFactory(project=own.project, name="别班的")
    database.session.commit()
    browser = sign_in(teacher)

    page = browser.get(address_of(own))

    assert own.name in page
    assert "别班的" not in page
    assert "各县名额" not in page
    browser.get(f"/enrolment/applicants/{other.id}", expect=404)
    browser.post(f"/enrolment/applicants/{own.id}/transitions/reject", expect=403, reason="理由")


def test_applicants_are_found(registrar):
    applicant = ApplicantFactory(admitted=True, name="刀玉兰")
    url = address_of(applicant)

    for query in ("刀玉", applicant.admission_no[:6], applicant.resident_id):
        assert applicant.admission_no in registrar.get(f"{url}?q={query}")
    for query in ("q=%25", "status=applied", "county=533102", "q=999999"):
        assert "没有符合条件的报名者" in registrar.get(f"{url}?{query}")
    registrar.get(f"/enrolment/intakes/{applicant.project_id}/1", expect=404)


def test_teacher_registers_the_class_for_the_term(sign_in, db):
    teacher, term = accounts.HomeroomTeacherFactory(), TermFactory()
    school_class = SchoolClassFactory(homeroom_teacher=teacher)
    back, away = StudentFactory(school_class=school_class), StudentFactory(school_class=school_class)
    other = StudentFactory()
    browser = sign_in(teacher)
    assert school_class.name in browser.get(f"/enrolment/terms?term={term.id}")
    url = f"/enrolment/terms/{term.id}/classes/{school_class.id}"
    browser.get(url)

    browser.post(url, members=[back.id])

    page = browser.get(url)
    assert "还没有注册 1 人" in page
    assert away.name in page
    cancel = f"/enrolment/terms/{term.id}/students/{back.id}/cancellation"
    browser.get(cancel)
    assert "请填写" in browser.post(cancel, expect=422, reason="")
    browser.post(cancel, reason="没有返校")
    assert "还没有注册 2 人" in browser.get(url)
    browser.post(url, expect=422, members=[other.id])
    browser.get(f"/enrolment/terms/{term.id}/students/{other.id}/cancellation", expect=404)


@time_machine.travel("2026-10-05 08:00+08:00", tick=False)
def test_missing_after_the_first_month_wait_for_the_teacher(sign_in, db):
    teacher, term = accounts.HomeroomTeacherFactory(), TermFactory()
    done = TermRegistrationFactory(
        term=term, student__school_class=SchoolClassFactory(homeroom_teacher=teacher)
    ).student
    browser = sign_in(teacher)
    assert "还没有注册" not in browser.get("/")

    StudentFactory(school_class=done.school_class)

    home = browser.get("/")
    assert "1 名学生这学期还没有注册" in home
    assert "第一个月已经过了" in home
    assert "过了第一个月" in browser.get("/enrolment/terms?missing=1")


def _marked(page):
    """The labels and legends of a page that say 必填."""
    return re.findall(r'<(?:label for="[^"]*"|legend)>([^<]*)<span class="required">必填</span>', page)


def test_new_applicant_needs_name_and_number_and_says_so(registrar):
    applicant = ApplicantFactory()
    new = f"{address_of(applicant)}/applicants/new"

    assert _marked(registrar.get(new)) == ["姓名", "身份证件号"]
    assert _marked(registrar.get(f"/enrolment/applicants/{applicant.id}/edit")) == ["姓名"]


def test_forms_of_term_registration_mark_what_they_need(registrar):
    student, term = StudentFactory(), TermFactory()
    url = f"/enrolment/terms/{term.id}/classes/{student.school_class_id}"

    assert _marked(registrar.get(url)) == ["已返校的学生"]
    assert "先勾选学生" in registrar.post(url, expect=422)
    registrar.post(url, members=[student.id])
    back = f"/enrolment/terms/{term.id}/students/{student.id}/cancellation"
    assert _marked(registrar.get(back)) == ["理由"]
    assert "请填写" in registrar.post(back, expect=422, reason="")


def test_second_role_registers_no_other_class_for_the_term(sign_in, db):
    """Subject teachers see every student; whoever is a homeroom teacher, too, registers the own class only."""
    roles = [RoleAssignment(role=role) for role in (Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER)]
    foreign, term = StudentFactory(name="排木果"), TermFactory()
    browser = sign_in(accounts.UserFactory(assignments=roles))
    url = f"/enrolment/terms/{term.id}/classes/{foreign.school_class_id}"

    assert foreign.name not in browser.get(url)
    browser.post(url, expect=422, members=[foreign.id])
    browser.get(f"/enrolment/terms/{term.id}/students/{foreign.id}/cancellation", expect=404)
