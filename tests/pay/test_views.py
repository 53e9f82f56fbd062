"""The pages of pay, as students, families and the office open them."""

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.pay.models import PayReceipt
from exchange.placements.facts.values import PayMethod
from tests.factories.accounts import (
    GuardianUserFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    StudentUserFactory,
)
from tests.factories.journals import RunningPlacementFactory
from tests.factories.pay import PayReceiptFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory

FIELDS = {
    "amount": "2600",
    "received_on": "2026-04-05",
    "covers_from": "2026-03-02",
    "covers_to": "2026-04-01",
    "method": "BANK",
    "payee": "STUDENT",
    "payer": "HOST",
}


@pytest.fixture(autouse=True)
def april(db):
    with time_machine.travel("2026-04-12 12:00:00+08:00", tick=False):
        yield


@pytest.fixture
def user():
    return StudentUserFactory()


@pytest.fixture
def placement(user):
    return RunningPlacementFactory(student__user_id=user.id, student__name="岩旺", instructor=InstructorFactory())


def url(placement):
    return f"/pay/placements/{placement.id}/new"


def test_student_notes_what_came_and_takes_a_mistake_back(sign_in, user, placement):
    browser = sign_in(user)
    assert "应该收到的报酬还没有记" in browser.get("/pay/mine")
    page = browser.get(url(placement))
    assert 'value="2026-03-02"' in page
    assert 'value="2026-04-01"' in page
    browser.post(url(placement), **FIELDS)
    assert "¥2,600.00" in browser.get("/pay/mine")

    browser.post(f"/pay/receipts/{database.session.query(PayReceipt).one().id}/withdraw")

    assert "还没有记过" in browser.get("/pay/mine")


def test_forbidden_pay_is_noted_and_the_office_sees_it(sign_in, user, placement):
    browser = sign_in(user)
    browser.get(url(placement))
    browser.post(url(placement), **{**FIELDS, "method": "VOUCHER"})
    assert "不合规定，学校会去找单位" in browser.get("/pay/mine")
    office = sign_in(InternshipOfficerFactory())
    assert "1 名学生的实习报酬有问题" in office.get("/")

    page = office.get("/pay?show=open")

    assert "岩旺" in page
    assert "发放方式不合规定" in page
    assert "以物品或代金券代替货币支付" in office.get(f"/pay/placements/{placement.id}")


def test_office_finds_no_fault_where_there_is_none(sign_in, placement):
    PayReceiptFactory(placement=placement)
    office = sign_in(InternshipOfficerFactory())

    assert "实习报酬有问题" not in office.get("/")
    assert "没有有问题的报酬" in office.get("/pay?show=open")
    assert "岩旺" in office.get("/pay")


@pytest.mark.parametrize("fields", [{"amount": ""}, {"amount": "很多"}, {"covers_to": "2026-02-01"}, {"method": "X"}])
def test_what_is_wrong_is_said(sign_in, user, placement, fields):
    browser = sign_in(user)
    browser.get(url(placement))

    assert "没有保存" in browser.post(url(placement), expect=422, **{**FIELDS, **fields})


def test_nobody_notes_or_sees_the_pay_of_another(sign_in, placement):
    receipt = PayReceiptFactory(placement=placement, method=PayMethod.CASH)
    other, teacher = sign_in(StudentUserFactory()), sign_in(InstructorFactory())
    other.get("/pay/mine")

    other.get(url(placement), expect=404)
    other.post(f"/pay/receipts/{receipt.id}/withdraw", expect=404)
    teacher.get(f"/pay/placements/{placement.id}", expect=404)
    assert "岩旺" in sign_in(placement.instructor).get("/pay")


def test_guardian_reads_along(sign_in, placement):
    guardian = GuardianUserFactory()
    GuardianshipFactory(student=placement.student, guardian=GuardianFactory(user=guardian))
    PayReceiptFactory(placement=placement)
    browser = sign_in(guardian)

    page = browser.get("/pay/mine")

    assert "¥2,600.00" in page
    assert "记错了" not in page
    browser.get(url(placement), expect=404)


def test_pages_speak_english(sign_in, user, placement):
    assert "My internship pay" in sign_in(user).get("/pay/mine?lang=en")
    assert "Internship pay" in sign_in(InternshipOfficerFactory()).get("/pay?lang=en")
