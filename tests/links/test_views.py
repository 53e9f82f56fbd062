"""The page behind a link, as a guardian opens it on a phone: without an account, once, in both languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.i18n import _
from exchange.links import purposes
from exchange.links.models import Link
from exchange.links.service import revoke
from exchange.students import service
from exchange.students.consents import TEXTS
from exchange.students.models import ConsentAnswer, ConsentChannel, ConsentKind, ConsentRecord
from tests.browser import Browser
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.links import ask_by_link
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

REFUSED = 410


@pytest.fixture(autouse=True)
def children_are_minors():
    with time_machine.travel("2026-11-25T08:00:00+08:00"):
        yield


@pytest.fixture
def bond(db):
    return GuardianshipFactory(student__name="刀玉兰", guardian=GuardianFactory(name="刀文忠"), relation="父亲")


@pytest.fixture
def asked(bond):
    """The link and its address; asked is the travel with the class."""
    link, token = ask_by_link(bond, ConsentKind.TRAVEL, by=RegistrarFactory(name="王老师"))
    return link.id, f"/m/{token}"


def answers():
    database.session.expire_all()
    return database.session.scalars(select(ConsentRecord)).all()


def test_guardian_agrees_without_an_account(stranger, bond, asked):
    _link_id, address = asked
    page = stranger.get(address)
    assert "刀文忠，您好" in page
    assert "刀玉兰" in page
    assert "学校组织集体外出" in page
    assert "0572-0000000" in page

    assert "已经记下" in stranger.post(address, expect=200, agree="同意")

    (kept,) = answers()
    assert (kept.student_id, kept.kind, kept.answer) == (bond.student_id, ConsentKind.TRAVEL, ConsentAnswer.GIVEN)
    assert (kept.channel, kept.given_by, kept.recorded_by_id) == (ConsentChannel.LINK, "刀文忠", None)


def test_guardian_refuses(stranger, asked):
    _link_id, address = asked
    stranger.get(address)

    stranger.post(address, expect=200, refuse="不同意")

    assert [each.answer for each in answers()] == [ConsentAnswer.REFUSED]


@pytest.mark.parametrize("fields", [{}, {"agree": "1", "refuse": "1"}, {"answer": "given"}])
def test_answer_that_is_none_changes_nothing(stranger, asked, fields):
    link_id, address = asked
    stranger.get(address)

    assert "点“同意”或“不同意”" in stranger.post(address, expect=422, **fields)

    assert answers() == []
    assert database.session.get(Link, link_id).used_at is None


def test_link_works_once(app, stranger, asked):
    _link_id, address = asked
    stranger.get(address)
    late = Browser(app.test_client())
    late.get(address)
    stranger.post(address, expect=200, agree="同意")

    assert "已经答复过" in late.post(address, expect=REFUSED, refuse="不同意")
    page = late.get(address, expect=REFUSED)

    assert "王老师" in page
    assert "0572-0000000" in page
    assert "刀玉兰" not in page
    assert [each.answer for each in answers()] == [ConsentAnswer.GIVEN]


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, REFUSED)])
def test_link_ends_with_its_week(stranger, asked, seconds, status):
    link_id, address = asked
    end = database.session.get(Link, link_id).expires_at + timedelta(seconds=seconds)

    with time_machine.travel(end, tick=False):
        page = stranger.get(address, expect=status)

    assert ("过期了" in page) is (status == REFUSED)


def test_link_that_was_taken_back_says_so(stranger, asked):
    link_id, address = asked
    stranger.get(address)
    revoke(database.session.get(Link, link_id), by=RegistrarFactory())
    database.session.commit()

    assert "学校收回了这个链接" in stranger.post(address, expect=REFUSED, agree="同意")

    assert answers() == []


def test_guess_is_not_found_and_says_whom_to_call(stranger, asked):
    page = stranger.get("/m/" + "A" * 43, expect=404)

    assert "没有这个链接" in page
    assert "0572-0000000" in page


def test_answer_on_paper_in_between_ends_the_link(stranger, bond, asked):
    _link_id, address = asked
    stranger.get(address)
    service.record_answer(
        bond.student,
        kind=ConsentKind.TRAVEL,
        answer=ConsentAnswer.REFUSED,
        guardianship=bond,
        answered_on=date(2026, 11, 25),
        channel=ConsentChannel.ON_SITE,
        by=RegistrarFactory(),
    )
    database.session.commit()

    assert "要答复的内容变了" in stranger.post(address, expect=REFUSED, agree="同意")

    assert [each.answer for each in answers()] == [ConsentAnswer.REFUSED]


def test_new_words_end_the_link(stranger, asked, monkeypatch):
    _link_id, address = asked
    stranger.get(address)
    changed = replace(TEXTS[ConsentKind.TRAVEL], words=_("每次出发前告诉家长。"))
    monkeypatch.setitem(TEXTS, ConsentKind.TRAVEL, changed)

    assert "要答复的内容变了" in stranger.post(address, expect=REFUSED, agree="同意")


def test_other_language_is_the_same_question(stranger, asked):
    _link_id, address = asked
    page = stranger.get(address + "?lang=en")
    assert "I agree" in page

    stranger.post(address, expect=200, agree="I agree")

    assert len(answers()) == 1


def test_guardian_whose_authority_has_ended_cannot_answer(stranger, bond, asked):
    _link_id, address = asked
    bond.until = date(2026, 11, 25)
    database.session.commit()

    assert "不是法定监护人" in stranger.get(address, expect=REFUSED)


def test_link_answers_nothing_but_its_own_purpose(stranger, asked, monkeypatch):
    _link_id, address = asked
    stranger.get(address)
    stranger.post(address, expect=200, agree="同意", kind="publicity", about="medical", guardianship="1")

    assert [each.kind for each in answers()] == [ConsentKind.TRAVEL]


def test_link_of_another_purpose_reaches_no_consent(stranger, asked, monkeypatch):
    link_id, address = asked
    stranger.get(address)
    database.session.get(Link, link_id).purpose = "another"
    database.session.commit()

    stranger.post(address, expect=404, agree="同意")

    assert "another" not in purposes.PURPOSES
    assert answers() == []


def test_nobody_who_is_signed_in_answers_for_the_guardian(sign_in, asked):
    link_id, address = asked
    teacher = sign_in(RegistrarFactory(name="王老师"))
    page = teacher.get(address)
    assert "先退出" in page
    assert 'name="agree"' not in page

    teacher.post(address, expect=422, agree="同意")

    assert answers() == []
    assert database.session.get(Link, link_id).opened_at is None


def test_page_leaves_no_trace(stranger, asked):
    _link_id, address = asked

    stranger.get(address)

    headers = stranger.response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


def test_teacher_makes_a_link_sees_it_once_and_what_became_of_it(app, sign_in, bond):
    teacher = HomeroomTeacherFactory()
    bond.student.school_class.homeroom_teacher = teacher
    database.session.commit()
    browser, phone = sign_in(teacher), Browser(app.test_client())
    overview = f"/students/{bond.student_id}/consents"
    assert f"{overview}/medical/link" in browser.get(overview)
    browser.get(f"{overview}/medical/link")

    page = browser.post(f"{overview}/medical/link", expect=200, guardianship=str(bond.id), days="7")
    address = page.split('id="made-link" value="')[1].split('"')[0]
    path = "/m/" + address.rsplit("/", 1)[1]

    shown = browser.get(overview)
    assert "还没有打开" in shown
    assert address not in shown
    phone.get(path)
    assert "打开过，还没有答复" in browser.get(overview)
    phone.post(path, expect=200, agree="同意")
    assert "已答复" in browser.get(overview)


def test_teacher_takes_a_link_back(sign_in, stranger, bond, asked):
    link_id, address = asked
    registrar = sign_in(RegistrarFactory())
    overview = f"/students/{bond.student_id}/consents"
    registrar.get(overview)

    registrar.post(f"{overview}/links/{link_id}/revoke")

    assert "已收回" in registrar.get(overview)
    assert "学校收回了这个链接" in stranger.get(address, expect=REFUSED)


def test_link_of_another_student_is_not_taken_back_from_here(sign_in, asked):
    link_id, _address = asked
    other = StudentFactory()
    registrar = sign_in(RegistrarFactory())

    registrar.post(f"/students/{other.id}/consents/links/{link_id}/revoke", expect=404)

    assert database.session.get(Link, link_id).revoked_at is None


def test_teacher_of_another_class_makes_no_link(sign_in, bond):
    teacher = HomeroomTeacherFactory()
    SchoolClassFactory(homeroom_teacher=teacher)
    database.session.commit()

    sign_in(teacher).get(f"/students/{bond.student_id}/consents/medical/link", expect=404)


@pytest.mark.parametrize(("reads", "expect"), [(False, 422), (None, 200), (True, 200)])
def test_who_cannot_read_is_asked_in_person(sign_in, bond, reads, expect):
    bond.guardian.reads_mandarin = reads
    database.session.commit()
    registrar = sign_in(RegistrarFactory())
    address = f"/students/{bond.student_id}/consents/medical/link"
    registrar.get(address)

    page = registrar.post(address, expect=expect, guardianship=str(bond.id), days="3")

    assert ("不识汉字" in page) is (expect == 422)


def test_question_that_was_answered_gets_no_link(sign_in, stranger, bond, asked):
    _link_id, path = asked
    stranger.get(path)
    stranger.post(path, expect=200, agree="同意")
    registrar = sign_in(RegistrarFactory())
    address = f"/students/{bond.student_id}/consents/travel/link"
    registrar.get(address)

    assert "已经有答复" in registrar.post(address, expect=422, guardianship=str(bond.id), days="3")


def test_without_a_guardian_who_may_sign_the_page_says_what_to_do(sign_in, bond):
    bond.may_sign = False
    database.session.commit()

    page = sign_in(RegistrarFactory()).get(f"/students/{bond.student_id}/consents/medical/link")

    assert "先登记监护人" in page
