"""The family's form and the ledger, as people open them."""

import time_machine

from exchange.complaints.models import Complaint
from exchange.core.database import db as database
from tests.factories.accounts import (
    GuardianUserFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
)
from tests.factories.complaints import ComplaintFactory
from tests.factories.journals import RunningPlacementFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory


def raise_one(browser, placement, expect=302, **fields):
    url = f"/complaints/placements/{placement.id}/new"
    browser.get(url)
    return browser.post(url, expect=expect, document="RESIDENT_ID", fee="DEPOSIT", **fields)


def only():
    return database.session.query(Complaint).one()


def test_student_says_that_the_card_is_kept_and_reads_the_answer(sign_in, user, placement):
    browser = sign_in(user)
    raise_one(browser, placement, kind="card")
    assert "正在办" in browser.get("/complaints/mine")
    home = sign_in(PrincipalFactory()).get("/")
    assert "岩旺反映：证件被收走了" in home
    teacher = sign_in(placement.instructor)
    assert "岩旺反映：证件被收走了" in teacher.get("/")
    teacher.get(f"/complaints/{only().id}")
    assert "没有保存" in teacher.post(f"/complaints/{only().id}/settle", expect=422, result="")

    teacher.post(f"/complaints/{only().id}/settle", result="身份证已还给学生")

    assert "学校的答复：身份证已还给学生" in browser.get("/complaints/mine")
    assert "岩旺反映" not in teacher.get("/")


def test_guardian_raises_and_reads_for_the_own_child_only(sign_in, placement):
    guardian = GuardianUserFactory()
    GuardianshipFactory(student=placement.student, guardian=GuardianFactory(user=guardian))
    browser = sign_in(guardian)
    raise_one(browser, placement, kind="pay", words="两个月没有发钱")
    other = RunningPlacementFactory()

    assert "两个月没有发钱" in browser.get("/complaints/mine")
    browser.get(f"/complaints/placements/{other.id}/new", expect=404)


def test_what_is_missing_is_said(sign_in, user, placement):
    browser = sign_in(user)

    assert "出了什么事" in raise_one(browser, placement, expect=422)
    assert "写一写被收了多少钱" in raise_one(browser, placement, expect=422, kind="fee")


def test_nameless_complaint_shows_no_name_anywhere(sign_in, user, placement):
    raise_one(sign_in(user), placement, kind="treatment", words="有人骂我", is_nameless="y")
    office = sign_in(InternshipOfficerFactory())

    assert "不愿说名字的学生反映" in office.get("/")
    page = office.get("/complaints") + office.get(f"/complaints/{only().id}")
    assert "有人骂我" in page
    assert "岩旺" not in page
    assert "有人骂我" not in sign_in(user).get("/complaints/mine")


def test_office_puts_somebody_in_charge(sign_in, placement):
    complaint, officer = ComplaintFactory(placement=placement), InternshipOfficerFactory(name="何老师")
    browser = sign_in(officer)
    browser.get(f"/complaints/{complaint.id}")
    browser.post(f"/complaints/{complaint.id}/assign", expect=422, owner=officer.id, until="2026-03-01")
    browser.post(f"/complaints/{complaint.id}/assign", owner=officer.id, until="2026-03-20")

    assert "何老师" in browser.get("/complaints")
    assert (only().owner_id, only().due_on.isoformat()) == (officer.id, "2026-03-20")


def test_what_is_overdue_is_said(sign_in, placement):
    complaint = ComplaintFactory(placement=placement)
    browser = sign_in(PrincipalFactory())
    with time_machine.travel("2026-03-13 12:00:00+08:00"):
        assert "已经过了期限" in browser.get("/")
        assert "过了期限" in browser.get(f"/complaints/{complaint.id}")


def test_other_instructor_sees_and_settles_nothing(sign_in, placement):
    complaint = ComplaintFactory(placement=placement)
    browser = sign_in(InstructorFactory())

    assert "没有正在办的投诉" in browser.get("/complaints")
    browser.get(f"/complaints/{complaint.id}", expect=404)
    browser.post(f"/complaints/{complaint.id}/settle", expect=404, result="好")


def test_pages_speak_english(sign_in, user, placement):
    assert "Report a problem" in sign_in(user).get("/complaints/mine?lang=en")
    assert "Ledger of complaints" in sign_in(PrincipalFactory()).get("/complaints?lang=en")
