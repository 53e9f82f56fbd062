"""The pages of aid, as each person sees them."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
import time_machine

from exchange.aid.models import AidRule, Award, BankCard, ImpactDone, Payment, PovertyStatus
from exchange.aid.values import AidKind, AwardStatus
from exchange.attachments.queries import attachments_of
from exchange.core.database import db as database
from exchange.students import service as students_service
from exchange.students.history import Span, State, state_of
from exchange.students.models import StudentStatus
from tests.factories.accounts import (
    AidOfficerFactory,
    GuardianUserFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
)
from tests.factories.aid import AidRuleFactory, PovertyStatusFactory, approved, card, gift, plan
from tests.factories.attachments import PDF
from tests.factories.programmes import TermFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

pytestmark = pytest.mark.usefixtures("db")
RURAL = {"学习形式": "全日制", "户口性质": "农业户口"}
IS = AwardStatus


@pytest.fixture
def officer(sign_in):
    """The aid officer in November 2026, in the middle of the term."""
    TermFactory()
    with time_machine.travel("2026-11-20 12:00 +0800", tick=False):
        yield sign_in(AidOfficerFactory())


def the(model):
    return database.session.query(model).one()


def test_hardship_is_recorded_with_its_proof_ended_and_downloaded(officer):
    student = StudentFactory()
    fields = {
        "category": "DB",
        "level": "1",
        "begins_on": "2026-09-01",
        "evidence": "township",
        "assessed_on": "2026-09-10",
    }

    officer.get(f"/students/{student.id}/aid/statuses/new")
    officer.post(f"/students/{student.id}/aid/statuses/new", **fields, file=(BytesIO(PDF), "证明.pdf"))
    page = officer.get(officer.response.location)
    (proof,) = attachments_of(the(PovertyStatus))
    content = officer.post(f"/attachments/{proof.id}", expect=200)
    officer.get(f"/aid/statuses/{the(PovertyStatus).id}")
    officer.post(f"/aid/statuses/{the(PovertyStatus).id}/end", until="2026-11-01")

    assert "最低生活保障家庭" in page
    assert content == PDF
    assert the(PovertyStatus).until == date(2026, 11, 1)
    assert officer.response.headers["Cache-Control"] == "no-store"


def test_refused_status_comes_back_with_what_was_typed(officer):
    student = StudentFactory()
    fields = {"category": "JDLK", "begins_on": "2026-09-01", "evidence": "township", "assessed_on": "2026-09-10"}
    officer.get(f"/students/{student.id}/aid/statuses/new")

    page = officer.post(f"/students/{student.id}/aid/statuses/new", expect=422, **fields)

    assert "那一天没有这一类" in page
    assert 'value="2026-09-01"' in page


def test_void_without_a_note_is_refused_on_the_page(officer):
    status = PovertyStatusFactory()
    officer.get(f"/aid/statuses/{status.id}")

    officer.post(f"/aid/statuses/{status.id}/void", expect=422, reason=" ")
    officer.post(f"/aid/statuses/{status.id}/void", reason="登记错了人")

    assert status.is_void


def test_list_shows_who_has_what_on_a_day(officer):
    former, present = StudentFactory(), StudentFactory()
    PovertyStatusFactory(student=former, until=date(2026, 10, 1))
    PovertyStatusFactory(student=present)

    today, earlier = officer.get("/aid/poverty"), officer.get("/aid/poverty?on=2026-09-30")
    officer.get("/aid/poverty?on=never")

    assert (former.name in today, present.name in today) == (False, True)
    assert former.name in earlier


def test_roster_value_is_taken_over_with_one_button_and_asked_where_it_may_mean_several(officer):
    lifted, monitored = StudentFactory(poverty="脱贫户"), StudentFactory(poverty="监测对象")

    page = officer.get("/aid/roster-differences")
    officer.post(f"/students/{lifted.id}/aid/take-over", category="TPH")
    officer.post(f"/students/{monitored.id}/aid/take-over", category="JC_BYYZP")

    assert page.count("<select") == 1
    assert {status.category_code for status in database.session.query(PovertyStatus)} == {"TPH", "JC_BYYZP"}
    officer.get("/aid/roster-differences")
    assert "都与名册一致" in officer.get("/aid/roster-differences")


def test_amounts_say_what_is_from_memory_and_take_a_row_of_the_school(officer):
    page = officer.get("/aid/amounts")
    officer.get("/aid/amounts/new?kind=tuition_waiver")
    officer.post(
        "/aid/amounts/new",
        kind="tuition_waiver",
        begins_on="2026-09-01",
        amount="2000",
        period="year",
        per="person",
        must=["full_time", "on_roll"],
        either=["poor", "agricultural_major"],
        source="收费公示",
    )
    officer.get("/aid/amounts")
    officer.post(f"/aid/amounts/{the(AidRule).id}/end", until="2027-09-01")

    assert "参考标准，以上级文件为准" in page
    assert "¥2,300.00" in page
    assert the(AidRule).until == date(2027, 9, 1)
    assert the(AidRule).condition == "on_roll full_time agricultural_major|poor"


def test_refused_amount_says_why(officer):
    officer.get("/aid/amounts/new")

    page = officer.post(
        "/aid/amounts/new",
        expect=422,
        kind="in_kind",
        begins_on="2026-09-01",
        amount="1",
        period="year",
        per="person",
        must="poorest",
        source="x",
    )

    assert "请从列表里选" in page


def test_proposal_is_confirmed_paid_as_a_list_and_seen_by_the_family(officer, sign_in):
    student, other = StudentFactory(national=RURAL, user=StudentUserFactory()), StudentFactory()
    guardian = GuardianFactory(user=GuardianUserFactory())
    GuardianshipFactory(student=student, guardian=guardian)
    card(student)

    page = officer.get("/aid/proposals?kind=national_grant&months=2026-1")
    officer.post("/aid/proposals?kind=national_grant&months=2026-1", ids=[student.id])
    again = officer.get("/aid/proposals?kind=national_grant&months=2026-1")
    ledger = officer.get("/aid/ledger?status=approved")
    officer.post("/aid/ledger/payments", ids=[the(Award).id], paid_on="2026-11-13", batch="2026-11", payer="school")

    assert (student.name in page, other.name in page) == (True, False)
    assert "原连片特困地区农村学生" in page
    assert student.name not in again
    assert student.name in ledger
    assert the(Award).status is IS.PAID
    for user in (student.user, guardian.user):
        shown = sign_in(user).get("/aid/mine")
        assert "¥1,150.00" in shown
        assert "**** 0001" in shown
        assert "连片" not in shown


def test_proposal_with_nobody_ticked_says_so(officer):
    officer.get("/aid/proposals")

    assert "先在前面打勾" in officer.post("/aid/proposals", expect=409, reason="")


def test_proposal_without_any_term_leads_nowhere_and_says_so(sign_in):
    assert "还没有学期" in sign_in(AidOfficerFactory()).get("/aid/proposals")


def test_plans_are_approved_together_and_a_double_one_is_refused(officer):
    right, wrong = StudentFactory(national=RURAL), StudentFactory(national=RURAL)
    first, *twice = plan(right), plan(wrong), plan(wrong)
    officer.get("/aid/ledger?status=planned")

    refusal = officer.post("/aid/ledger/approval", expect=409, ids=[first.id, twice[0].id])
    assert first.status is IS.PLANNED
    officer.get("/aid/ledger?status=planned")
    officer.post("/aid/ledger/approval", ids=[first.id])

    assert "AID-1" in refusal
    assert first.status is IS.APPROVED


def test_gift_is_put_down_approved_and_handed_over(officer):
    student = StudentFactory()
    officer.get(f"/students/{student.id}/aid/awards/new")
    officer.post(f"/students/{student.id}/aid/awards/new", kind="in_kind", item="winter_clothes", months="2026-1")
    award = the(Award)

    officer.get(f"/aid/awards/{award.id}")
    officer.post(f"/aid/awards/{award.id}/transitions/approve")
    officer.get(f"/aid/awards/{award.id}/payments/new")
    officer.post(
        f"/aid/awards/{award.id}/payments/new", paid_on="2026-11-20", payer="school", file=(BytesIO(PDF), "签收.pdf")
    )

    assert award.status is IS.PAID
    assert attachments_of(the(Payment))[0].filename == "签收.pdf"
    assert "签收.pdf" in officer.get(f"/aid/awards/{award.id}")


def test_award_without_an_amount_takes_the_one_in_force(officer):
    student = StudentFactory(national=RURAL)
    officer.get(f"/students/{student.id}/aid/awards/new")

    officer.post(f"/students/{student.id}/aid/awards/new", kind="national_scholarship", item="", months="2026")
    page = officer.post(
        f"/students/{student.id}/aid/awards/new", expect=422, kind="lodging_waiver", item="", months="2026-1"
    )

    assert the(Award).amount == Decimal(6000)
    assert the(Award).term_number is None
    assert "还没有金额" in page


def test_refused_step_shows_why_and_a_reason_is_kept_for_the_officer(officer):
    award = approved(StudentFactory(national=RURAL))
    officer.get(f"/aid/awards/{award.id}")

    page = officer.post(f"/aid/awards/{award.id}/transitions/stop", expect=409, reason="")
    officer.post(f"/aid/awards/{award.id}/transitions/stop", reason="家里写信放弃")

    assert "写明理由" in page
    assert "家里写信放弃" in officer.get(f"/aid/awards/{award.id}")
    officer.post(f"/aid/awards/{award.id}/transitions/pay")
    officer.post(f"/aid/awards/{award.id}/transitions/fly", expect=404)


def test_card_page_shows_the_last_four_digits_only(officer):
    student = StudentFactory()
    address = f"/students/{student.id}/aid/card"
    officer.get(address)

    officer.post(address, expect=422, holder="student", holder_name="尹老师", card_number="6217000000000000001")
    officer.post(address, holder="student", holder_name=student.name, card_number="6217 0000 0000 0000 001")

    page = officer.get(f"/students/{student.id}/aid")
    assert the(BankCard).last_four == "0001"
    assert "**** 0001" in page
    assert "621700" not in page


def test_board_shows_double_claims(officer):
    student = StudentFactory(national=RURAL)
    plan(student), plan(student)

    page = officer.get("/aid/claims")

    assert page.count("AID-1 ") == 2
    assert "没有发现问题" in officer.get("/aid/claims?months=2026-2")


def test_impact_waits_until_it_is_done_with_a_note(officer):
    student = StudentFactory(national=RURAL)
    award = approved(student)
    away = State(StudentStatus.ON_LEAVE, student.school_class_id)
    students_service.set_history(student, [Span(student.enrolled_on, state_of(student)), Span(date(2026, 11, 2), away)])
    database.session.commit()
    task = f"{student.id}/2026-11-02/suspend/national_grant"

    assert "处理 1 项学籍异动后的资助" in officer.get("/")
    officer.get("/aid/impacts")
    officer.post("/aid/impacts/settle", expect=422, task=task, reason="")
    officer.post("/aid/impacts/settle", task=task, reason="十一月起停发")
    officer.get("/aid/impacts")
    officer.post("/aid/impacts/settle", expect=409, task=task, reason="再来一次")
    officer.post("/aid/impacts/settle", expect=409, task="nonsense", reason="再来一次")

    assert award.status is IS.SUSPENDED
    assert the(ImpactDone).note == "十一月起停发"
    assert "十一月起停发" in officer.get("/aid/impacts")


def test_principal_sees_totals_without_names_and_takes_them_along(officer, sign_in):
    students = StudentFactory.create_batch(3, national=RURAL)
    for student in students:
        approved(student)
    gift(students[0]).status = IS.APPROVED
    database.session.commit()
    principal = sign_in(PrincipalFactory())

    page = principal.get("/aid/totals")
    content = principal.post("/aid/totals", expect=200)

    rows = list(openpyxl.load_workbook(BytesIO(content)).active.iter_rows(min_row=2, values_only=True))
    assert "¥3,450.00" in page
    assert "少于 3 人" in page
    assert not any(student.name in page for student in students)
    assert sorted(row[2] or 0 for row in rows) == [0, 3]
    assert principal.get("/students").count("资助统计") == 1


@pytest.mark.parametrize("factory", [RegistrarFactory, PrincipalFactory, StudentUserFactory])
def test_others_are_kept_out(sign_in, factory):
    student, browser = StudentFactory(), sign_in(factory())

    for url in ("/aid", "/aid/poverty", "/aid/ledger", "/aid/claims", "/aid/impacts", f"/students/{student.id}/aid"):
        browser.get(url, expect=403)


def test_overview_of_a_term_leads_to_the_ledger(officer):
    AidRuleFactory()
    approved(StudentFactory(national=RURAL))

    page = officer.get("/aid")

    assert "¥1,150.00" in page
    assert f"kind={AidKind.NATIONAL_GRANT}" in page


def test_conditions_are_ticked_by_their_labels(officer):
    page = officer.get("/aid/amounts/new?kind=national_grant")
    ticked = re.findall(r'<input checked[^>]*name="(must|either)"[^>]*value="(\w+)"', page)

    assert ("must", "full_time") in ticked
    assert {name for field, name in ticked if field == "either"} >= {"agricultural_major", "poor"}
    assert "涉农专业" in page
    assert page.count("一、二年级") == 2
    assert "agricultural_major" not in re.sub("<[^>]+>", "", page)


def test_table_of_amounts_shows_names_and_no_code_words(officer):
    shown = re.sub("<[^>]+>", "", officer.get("/aid/amounts"))

    assert "云南省" in shown
    assert "on_roll" not in shown
    assert "地区 53" not in shown
