"""The pages of orders, read as registrar, principal and homeroom teacher do."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.orders import service
from exchange.orders.evidence import Ground
from exchange.orders.kinds import OrderKind
from exchange.orders.models import OrderStatus, StatusOrder
from exchange.students.models import StudentStatus
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    SubjectTeacherFactory,
    UserFactory,
)
from tests.factories.enrolment import TermRegistrationFactory
from tests.factories.orders import confirmed, draft
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory

K = OrderKind
DAY = date(2026, 10, 8)
PAST = "2026-09-20"
ADULT = date(2008, 5, 6)
LEAVE = {
    "effective_on": DAY.isoformat(),
    "evidence_ground": "family",
    "evidence_student_applied_on": PAST,
    "evidence_guardian_applied_on": PAST,
    "evidence_agreement_signed_on": PAST,
    "evidence_leave_until": "2027-08-31",
    "document": "德职学籍〔2026〕3号",
    "reason": "家里有事",
}
PROOF = {"student_applied_on": DAY, "guardian_applied_on": DAY, "agreement_signed_on": DAY}


def only_order():
    database.session.expire_all()
    return database.session.scalars(select(StatusOrder)).one()


def test_registrar_drafts_confirms_and_cancels_a_leave(sign_in):
    student = StudentFactory()
    browser = sign_in(RegistrarFactory())

    assert "暂时离校" in browser.get(f"/orders/new?student={student.id}")
    browser.get(f"/orders/new/leave?student={student.id}")
    browser.post(f"/orders/new/leave?student={student.id}", students=[student.id], **LEAVE)
    order = only_order()
    assert "条件都已满足" in browser.get(f"/orders/{order.id}")
    browser.post(f"/orders/{order.id}/confirm")

    page = browser.get(f"/orders/{order.id}")
    assert "XJ-2026-0001" in page
    assert "家里有事" in page
    assert "还没有报主管部门备案" in page
    assert "休学" in browser.get(f"/students/{student.id}")
    assert "XJ-2026-0001" in browser.get(f"/students/{student.id}/orders")

    browser.get(f"/orders/{order.id}/cancel")
    browser.post(f"/orders/{order.id}/cancel", students=[student.id], reason="填错了人")
    assert only_order().status is OrderStatus.CANCELLED
    assert student.status is StudentStatus.REGISTERED


def test_draft_names_what_is_missing_with_its_article_and_cannot_be_confirmed(sign_in):
    student = StudentFactory()
    order = draft(K.LEAVE, [student], effective_on=DAY, evidence={**PROOF, "agreement_signed_on": None})
    browser = sign_in(RegistrarFactory())

    page = browser.get(f"/orders/{order.id}")

    assert "缺少与监护人签订的责任协议" in page
    assert "《浙江省中等职业学校学生学籍管理实施细则（试行）》第20条" in page
    assert "disabled" in page
    refusal = browser.post(f"/orders/{order.id}/confirm", expect=409)
    assert "STA-24" in refusal
    assert student.status is StudentStatus.REGISTERED


def test_a_draft_is_edited_with_what_was_written(sign_in):
    student = StudentFactory()
    order = draft(K.LEAVE, [student], effective_on=DAY, evidence={**PROOF, "ground": Ground.ILLNESS}, reason="住院")
    browser = sign_in(RegistrarFactory())

    page = browser.get(f"/orders/{order.id}/edit")
    assert "住院" in page
    assert 'value="illness" selected' in page or 'selected value="illness"' in page
    browser.post(f"/orders/{order.id}/edit", students=[student.id], **LEAVE | {"evidence_ground": "other"})

    assert only_order().evidence.ground is Ground.OTHER


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective_on": ""}, "生效日期"),
        ({"evidence_student_applied_on": "2099-01-01"}, "还没有到"),
        ({"students": []}, "至少选一名学生"),
        ({"evidence_leave_until": "31.8.2027"}, "休学的最后一天"),
    ],
)
def test_wrong_input_comes_back_with_a_sentence(sign_in, changes, words):
    student = StudentFactory()
    browser = sign_in(RegistrarFactory())
    address = f"/orders/new/leave?student={student.id}"
    browser.get(address)

    page = browser.post(address, expect=422, **{"students": [student.id], **LEAVE, **changes})

    assert words in page
    assert "家里有事" in page
    assert database.session.query(StatusOrder).count() == 0


def test_a_class_that_does_not_exist_is_named(sign_in):
    student = StudentFactory()
    browser = sign_in(RegistrarFactory())
    address = f"/orders/new/class_change?student={student.id}"
    browser.get(address)

    page = browser.post(
        address, expect=422, students=[student.id], effective_on=DAY.isoformat(), to_class_name="没有的班"
    )

    assert "没有名为“没有的班”的班级" in page


def test_a_class_is_chosen_before_its_students(sign_in):
    student = StudentFactory()
    gone = StudentFactory(school_class=student.school_class, status=StudentStatus.WITHDRAWN)
    browser = sign_in(RegistrarFactory())

    assert "先选班级" in browser.get("/orders/new/award")
    assert "没有可以办" in browser.get("/orders/new/award?class=没有")
    page = browser.get(f"/orders/new/award?class={student.school_class.name}")

    assert student.student_no in page
    assert gone.student_no not in page
    browser.get("/orders/new/unknown", expect=404)


def test_what_the_leadership_decides_is_confirmed_by_the_principal(sign_in):
    student = StudentFactory(birth_date=ADULT)
    evidence = {"guardian_notified_on": DAY, "hearing_offered_on": DAY, "leadership_decided_on": DAY}
    order = draft(K.EXPULSION, [student], effective_on=DAY, evidence=evidence)

    registrar = sign_in(RegistrarFactory())
    assert "由校领导确认" in registrar.get(f"/orders/{order.id}")
    registrar.post(f"/orders/{order.id}/confirm", expect=403)
    principal = sign_in(PrincipalFactory())
    principal.get(f"/orders/{order.id}")
    principal.post(f"/orders/{order.id}/confirm")

    assert student.status is StudentStatus.EXPELLED


def test_homeroom_teacher_sees_orders_of_own_students_only(sign_in):
    teacher = HomeroomTeacherFactory()
    own = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    foreign = StudentFactory()
    mine, other = (draft(K.AWARD, [each], effective_on=DAY) for each in (own, foreign))
    mixed = draft(K.AWARD, [own, foreign], effective_on=DAY)
    browser = sign_in(teacher)

    assert own.name in browser.get("/orders")
    assert foreign.name not in browser.get("/orders")
    browser.get(f"/orders/{mine.id}")
    browser.get(f"/orders/{other.id}", expect=404)
    browser.get(f"/orders/{mixed.id}", expect=404)
    browser.get(f"/students/{foreign.id}/orders", expect=404)
    sign_in(SubjectTeacherFactory()).get("/orders", expect=403)


def test_second_role_opens_no_order_of_another_class(sign_in):
    """Subject teachers see every student; whoever is a homeroom teacher, too, reads no more orders for that."""
    roles = [RoleAssignment(role=role) for role in (Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER)]
    foreign = StudentFactory(name="刀示范")
    other = draft(K.AWARD, [foreign], effective_on=DAY)
    browser = sign_in(UserFactory(assignments=roles))

    assert foreign.name not in browser.get("/orders")
    browser.get(f"/orders/{other.id}", expect=404)
    browser.get(f"/students/{foreign.id}/orders", expect=404)


def test_orders_are_found_by_name_number_kind_and_status(sign_in):
    student = StudentFactory(name="刀示范")
    kept = confirmed(K.AWARD, [student], effective_on=DAY, evidence={"published_on": DAY})
    draft(K.SANCTION, [StudentFactory(name="岩示范")], effective_on=DAY)
    browser = sign_in(RegistrarFactory())

    for query in ("q=刀示范", f"q={kept.number.lower()}", "kind=award", "status=confirmed"):
        page = browser.get(f"/orders?{query}")
        assert "刀示范" in page, query
        assert "岩示范" not in page, query
    assert "没有符合条件" in browser.get("/orders?q=没有的人")


def test_filing_is_noted(sign_in):
    student = StudentFactory()
    order = confirmed(K.LEAVE, [student], effective_on=DAY, evidence=PROOF)
    browser = sign_in(RegistrarFactory())
    browser.get(f"/orders/{order.id}/filing")

    browser.post(f"/orders/{order.id}/filing", filed_on="2026-10-20")

    assert only_order().filed_on == date(2026, 10, 20)
    assert "还没有报主管部门备案" not in browser.get(f"/orders/{order.id}")


def test_counts_and_list_speak_of_any_day(sign_in):
    student = StudentFactory(birth_date=ADULT)
    confirmed(
        K.WITHDRAWAL, [student], effective_on=DAY, evidence={"student_applied_on": DAY, "guardian_applied_on": DAY}
    )
    browser = sign_in(RegistrarFactory())

    assert "全校在籍 1 人" in browser.get("/orders/counts?day=2026-10-07")
    assert "全校在籍 0 人" in browser.get("/orders/counts?day=2026-10-08")
    assert student.name in browser.get("/students?as_of=2026-10-07")
    assert student.name not in browser.get("/students?as_of=2026-10-08")
    assert "全校在籍" in browser.get("/orders/counts?day=nonsense")


def test_discarded_draft_is_gone(sign_in):
    order = draft(K.AWARD, [StudentFactory()], effective_on=DAY)
    browser = sign_in(RegistrarFactory())
    browser.get(f"/orders/{order.id}")

    browser.post(f"/orders/{order.id}/discard")

    assert "还没有异动单" in browser.get("/orders")


@time_machine.travel("2027-07-10 10:00:00+08:00", tick=False)
def test_draft_of_moving_up_links_to_where_each_obstacle_is_mended(sign_in):
    student = StudentFactory(birth_date=ADULT, name="岩旺")
    registered, resting = (
        StudentFactory(birth_date=ADULT, school_class=student.school_class, name=name) for name in ("刀玉兰", "李雨")
    )
    term = TermFactory(school_year=2026, number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 15))
    TermRegistrationFactory(student=registered, term=term)
    AbsenceFactory(student=student, hours=90, starts_on=date(2027, 3, 1))
    confirmed(K.LEAVE, [resting], effective_on=DAY, evidence={**PROOF, "leave_until": date(2027, 10, 7)})
    order = draft(K.PROMOTION, [student, registered], effective_on=date(2027, 7, 10))

    page = sign_in(RegistrarFactory()).get(f"/orders/{order.id}")

    before_confirming = page.split("<h2>内容")[0]
    assert f'href="/enrolment/terms/{term.id}/classes/{student.school_class_id}"' in before_confirming
    assert f'href="/students/{student.id}/welfare"' in before_confirming
    assert "旷课 90 课时" in before_confirming
    assert f'href="/orders/new/resumption?student={resting.id}"' in before_confirming
    assert "2027年10月7日" in before_confirming
    assert "刀玉兰" not in before_confirming


@time_machine.travel("2027-07-10 10:00:00+08:00", tick=False)
def test_links_lead_only_where_the_reader_may_go(sign_in):
    student = StudentFactory(birth_date=ADULT)
    resting = StudentFactory(birth_date=ADULT, school_class=student.school_class)
    TermRegistrationFactory(term=TermFactory(school_year=2026, number=1))
    confirmed(K.LEAVE, [resting], effective_on=DAY, evidence={**PROOF, "leave_until": date(2027, 10, 7)})
    order = draft(K.PROMOTION, [student], effective_on=date(2027, 7, 10))

    page = sign_in(PrincipalFactory()).get(f"/orders/{order.id}")

    assert "没有注册2026–2027学年第一学期" in page
    assert "去注册" not in page
    assert "办复学" not in page
    assert resting.name in page


def test_other_orders_say_nothing_of_who_is_on_leave(sign_in):
    resting = StudentFactory(birth_date=ADULT)
    confirmed(K.LEAVE, [resting], effective_on=DAY, evidence=PROOF)
    order = draft(K.CLASS_CHANGE, [StudentFactory(school_class=resting.school_class)], to_class=SchoolClassFactory())

    assert "不随班升级" not in sign_in(RegistrarFactory()).get(f"/orders/{order.id}")


@time_machine.travel("2026-10-08 10:00:00+08:00", tick=False)
def test_order_dated_ahead_says_from_when_on_it_holds(sign_in):
    student = StudentFactory(birth_date=ADULT)
    evidence = {each: date(2026, 10, 8) for each in PROOF}
    order = confirmed(K.LEAVE, [student], effective_on=date(2026, 10, 9), evidence=evidence)
    registrar = sign_in(RegistrarFactory())
    pages = ("/orders", f"/orders/{order.id}", f"/students/{student.id}/orders", f"/students/{student.id}")

    for page in pages:
        assert "将于 2026年10月9日生效" in registrar.get(page), page
    assert "休学，" in registrar.get(f"/students/{student.id}")
    with time_machine.travel("2026-10-09 10:00:00+08:00", tick=False):
        registrar = sign_in(RegistrarFactory())
        for page in pages:
            assert "将于" not in registrar.get(page), page


@time_machine.travel("2026-10-08 10:00:00+08:00", tick=False)
@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_only_a_standing_order_is_said_to_come(sign_in, state):
    student = StudentFactory(birth_date=ADULT)
    order = (draft if state == "draft" else confirmed)(
        K.LEAVE, [student], effective_on=date(2026, 10, 9), evidence=PROOF
    )
    if state == "cancelled":
        service.cancel_order(order, reason="写错了", by=None)
        database.session.commit()

    assert "将于" not in sign_in(RegistrarFactory()).get("/orders")
