"""The office records and sends; school, student and guardian sign with their accounts; nobody else may."""

from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select

from exchange.agreements import queries
from exchange.agreements.models import Signature
from exchange.agreements.values import Answer, DocumentKind, Party, Route
from exchange.attachments.models import Attachment
from exchange.core.database import db as database
from tests.browser import Browser
from tests.factories.accounts import (
    GuardianUserFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.agreements import issued, placement_with_family
from tests.factories.attachments import PDF
from tests.factories.students import GuardianshipFactory

AGREE = {"read": "y", "sign": "1"}


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def family(db):
    placement, bond = placement_with_family()
    placement.student.user, bond.guardian.user = StudentUserFactory(), GuardianUserFactory()
    agreement, consent = issued(placement)
    return placement, bond, agreement, consent


@pytest.fixture
def office(sign_in):
    return sign_in(InternshipOfficerFactory())


def answers():
    database.session.expire_all()
    return database.session.scalars(select(Signature).order_by(Signature.id)).all()


def scan():
    return (BytesIO(PDF), "signed.pdf")


def test_office_records_paper_of_the_host_for_several_at_once(office, family):
    placement, _bond, agreement, _consent = family
    other, _other_bond = placement_with_family(name="岩温", guardian="岩罕", post=placement.post)
    issued(other)
    address = f"/agreements/documents/{agreement.id}/signatures/host"
    assert "岩温" in office.get(address)

    office.post(address, signed_by="示范主管", route="paper", signed_on="2026-02-01", files=scan(), also=str(other.id))

    assert [(each.party, each.route) for each in answers()] == [(Party.HOST, Route.PAPER)] * 2
    assert database.session.query(Attachment).filter_by(subject_type="signature").count() == 2
    assert "signed.pdf" in office.get(f"/placements/{placement.id}/agreements")


def test_office_records_a_guardian_before_a_witness(office, family):
    placement, bond, _agreement, consent = family
    address = f"/agreements/documents/{consent.id}/signatures/guardian"
    office.get(address)
    fields = {"guardianship": str(bond.id), "answer": "signed", "route": "on_site", "signed_on": "2026-02-01"}
    assert "见证人" in office.post(address, expect=422, **fields)

    office.post(address, **fields, witness="村支书")

    assert "村支书" in office.get(f"/placements/{placement.id}/agreements")


def test_office_records_a_refusal_on_paper(office, family):
    _placement, bond, _agreement, consent = family
    address = f"/agreements/documents/{consent.id}/signatures/guardian"
    office.get(address)

    office.post(
        address,
        guardianship=str(bond.id),
        answer="declined",
        reason="离家太远",
        route="paper",
        signed_on="2026-02-01",
        files=scan(),
    )

    assert [(each.answer, each.reason) for each in answers()] == [(Answer.DECLINED, "离家太远")]


def test_office_makes_a_link_sees_it_once_and_renews_it(app, office, family):
    placement, bond, _agreement, consent = family
    address = f"/agreements/documents/{consent.id}/links/guardian"
    office.get(address)
    page = office.post(address, expect=200, guardianship=str(bond.id), days="7")
    link = page.split('id="made-link" value="')[1].split('"')[0]
    assert f"请打开链接看内容再签字：实习知情同意书 {link}" in page
    phone = Browser(app.test_client())
    phone.get("/m/" + link.rsplit("/", 1)[1])
    overview = office.get(f"/placements/{placement.id}/agreements")
    assert "打开过，还没有答复" in overview
    assert link not in overview

    office.get(address)
    office.post(address, expect=200, guardianship=str(bond.id), days="3")

    phone.get("/m/" + link.rsplit("/", 1)[1], expect=410)


@pytest.mark.parametrize(("address", "status"), [("links/school", 404), ("links/nobody", 404), ("signatures/x", 404)])
def test_party_that_is_none(office, family, address, status):
    _placement, _bond, agreement, _consent = family

    office.get(f"/agreements/documents/{agreement.id}/{address}", expect=status)


def test_principal_signs_for_the_school(sign_in, family):
    placement, _bond, agreement, _consent = family
    principal = sign_in(PrincipalFactory(name="王校长"))
    assert "代表学校签字" in principal.get(f"/placements/{placement.id}/agreements")

    principal.post(f"/agreements/documents/{agreement.id}/school")

    assert [(each.signed_by, each.route) for each in answers()] == [("王校长", Route.ACCOUNT)]
    assert "王校长" in principal.get(f"/placements/{placement.id}/agreements")


def test_student_and_guardian_sign_with_their_accounts(sign_in, family):
    placement, bond, agreement, consent = family
    student, guardian = sign_in(placement.student.user), sign_in(bond.guardian.user)
    for browser, name in ((student, "刀玉兰"), (guardian, "刀文忠")):
        assert browser.get("/agreements/mine").count("等您签") == 2
        for document in (agreement, consent):
            address = f"/agreements/documents/{document.id}/sign"
            browser.get(address)
            browser.post(address, **AGREE, name=name)
        assert "等您签" not in browser.get("/agreements/mine")

    assert set(queries.signed_days(placement, DocumentKind.CONSENT)) == {Party.STUDENT, Party.GUARDIAN}


def test_guardian_cannot_sign_in_the_name_of_the_student(sign_in, family):
    _placement, bond, agreement, _consent = family
    browser = sign_in(bond.guardian.user)
    address = f"/agreements/documents/{agreement.id}/sign"
    browser.get(address)

    assert "签字要写自己的姓名" in browser.post(address, expect=422, **AGREE, name="刀玉兰")

    assert answers() == []


def test_guardian_who_may_not_sign_only_reads(sign_in, family):
    _placement, bond, agreement, _consent = family
    bond.may_sign = False
    database.session.commit()
    browser = sign_in(bond.guardian.user)
    address = f"/agreements/documents/{agreement.id}/sign"

    assert "您可以看" in browser.get(address)
    browser.post(address, expect=422, **AGREE, name="刀文忠")

    assert answers() == []


def test_other_guardian_and_other_student_find_nothing(sign_in, family):
    _placement, _bond, agreement, _consent = family
    stranger = GuardianshipFactory(guardian__user=GuardianUserFactory(), student__user=StudentUserFactory())
    database.session.commit()

    for user in (stranger.guardian.user, stranger.student.user):
        browser = sign_in(user)
        browser.get(f"/agreements/documents/{agreement.id}/sign", expect=404)
        browser.get(f"/agreements/documents/{agreement.id}", expect=403)
        assert "刀玉兰" not in browser.get("/agreements/mine")


def test_only_who_approves_signs_for_the_school(office, family):
    _placement, _bond, agreement, _consent = family

    office.post(f"/agreements/documents/{agreement.id}/school", expect=403)

    assert answers() == []


def test_scan_opens_only_for_whoever_plans(office, sign_in, family):
    _placement, bond, _agreement, consent = family
    address = f"/agreements/documents/{consent.id}/signatures/student"
    office.get(address)
    office.post(address, answer="signed", route="paper", signed_on="2026-02-01", files=scan())
    number = database.session.scalars(select(Attachment)).one().id

    office.post(f"/attachments/{number}", expect=200)
    for user in (bond.guardian.user, PrincipalFactory()):
        sign_in(user).post(f"/attachments/{number}", expect=404)
