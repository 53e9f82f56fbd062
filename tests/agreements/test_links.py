"""Signing by link: once, until it expires, what was shown and nothing else, by nobody who is signed in."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from exchange.agreements import queries, service
from exchange.agreements.models import Signature
from exchange.agreements.service import Signer
from exchange.agreements.values import Answer, DocumentKind, Party, Route
from exchange.core.database import db as database
from exchange.links.models import Link
from exchange.links.queries import find
from exchange.placements import service as placements
from tests.browser import Browser
from tests.factories.accounts import InternshipOfficerFactory
from tests.factories.agreements import issued, placement_with_family

REFUSED = 410
WEEK = timedelta(days=7)
AGREE = {"name": "刀文忠", "read": "y", "sign": "1"}


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def family(db):
    placement, bond = placement_with_family()
    agreement, consent = issued(placement)
    return placement, bond, agreement, consent


@pytest.fixture
def officer(db):
    return InternshipOfficerFactory(name="王老师")


def sent(document, bond, officer, *, party=Party.GUARDIAN):
    signer = Signer(party, bond.guardian.name, bond) if party is Party.GUARDIAN else Signer(party, "示范主管")
    token = service.make_link(document, signer, valid_for=WEEK, by=officer)
    database.session.commit()
    return f"/m/{token}"


def answers():
    database.session.expire_all()
    return database.session.scalars(select(Signature).order_by(Signature.id)).all()


def test_guardian_reads_the_main_points_and_signs(stranger, family, officer):
    placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)

    page = stranger.get(address)
    for said in ("刀文忠，您好", "每月 2600 元", "前厅接待", "0572-0000000", "您的权利"):
        assert said in page
    assert "已经记下" in stranger.post(address, expect=200, **AGREE)

    (kept,) = answers()
    assert (kept.answer, kept.route, kept.party) == (Answer.SIGNED, Route.LINK, Party.GUARDIAN)
    assert (kept.digest, kept.guardianship_id) == (consent.digest, bond.id)
    assert queries.signed_days(placement, DocumentKind.CONSENT) == {Party.GUARDIAN: date(2026, 2, 1)}


def test_guardian_declines_and_the_office_reads_why(stranger, sign_in, family, officer):
    placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    stranger.get(address)
    assert "写一句为什么不同意" in stranger.post(address, expect=422, name="刀文忠", decline="1")

    stranger.post(address, expect=200, name="刀文忠", decline="1", reason="离家太远")

    page = sign_in(officer).get(f"/placements/{placement.id}/agreements")
    assert "离家太远" in page
    assert "自己选择符合条件的实习单位" in page


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"name": "刀玉兰"}, "签字要写自己的姓名"),
        ({"name": ""}, "您的姓名"),
        ({"read": ""}, "看完以后"),
        ({"sign": ""}, "点一下按钮"),
        ({"decline": "1"}, "点一下按钮"),
    ],
)
def test_what_is_no_signature_changes_nothing(stranger, family, officer, changes, word):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    stranger.get(address)
    fields = {name: value for name, value in (AGREE | changes).items() if value}

    assert word in stranger.post(address, expect=422, **fields)

    assert answers() == []


def test_agreement_has_no_button_to_decline(stranger, family, officer):
    _placement, bond, agreement, _consent = family
    address = sent(agreement, bond, officer)

    assert 'name="decline"' not in stranger.get(address)
    stranger.post(address, expect=422, name="刀文忠", decline="1", reason="远")

    assert answers() == []


def test_host_signs_by_its_own_link(stranger, family, officer):
    _placement, bond, agreement, _consent = family
    address = sent(agreement, bond, officer, party=Party.HOST)
    stranger.get(address)

    stranger.post(address, expect=200, name="示范主管", read="y", sign="1", party="guardian", about="school")

    (kept,) = answers()
    assert (kept.party, kept.signed_by) == (Party.HOST, "示范主管")


def test_link_works_once(app, stranger, family, officer):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    stranger.get(address)
    late = Browser(app.test_client())
    late.get(address)
    stranger.post(address, expect=200, **AGREE)

    assert "已经答复过" in late.post(address, expect=REFUSED, **AGREE)
    assert len(answers()) == 1


@pytest.mark.parametrize(("seconds", "status"), [(-1, 200), (0, REFUSED)])
def test_link_ends_with_its_week(stranger, family, officer, seconds, status):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    end = database.session.scalars(select(Link)).one().expires_at + timedelta(seconds=seconds)

    with time_machine.travel(end, tick=False):
        stranger.get(address, expect=status)


def test_guess_is_not_found(stranger, family):
    stranger.get("/m/" + "A" * 43, expect=404)


def test_new_link_takes_the_old_one_back(stranger, family, officer):
    _placement, bond, _agreement, consent = family
    old, new = sent(consent, bond, officer), sent(consent, bond, officer)

    assert "收回" in stranger.get(old, expect=REFUSED)
    stranger.get(new)
    stranger.post(new, expect=200, **AGREE)

    assert len(answers()) == 1


def test_change_of_the_plan_ends_the_link_that_lies_open(stranger, family, officer):
    placement, bond, agreement, _consent = family
    address = sent(agreement, bond, officer)
    stranger.get(address)

    placements.change_placement(placement, workplace="北京市示范路9号", by=None)
    database.session.commit()

    assert "已经作废" in stranger.post(address, expect=REFUSED, **AGREE)
    assert answers() == []


def test_other_name_of_the_host_ends_the_link(stranger, family, officer):
    placement, bond, agreement, _consent = family
    address = sent(agreement, bond, officer)
    stranger.get(address)
    placement.host.name = "改了名的宾馆"
    database.session.commit()

    stranger.post(address, expect=REFUSED, **AGREE)

    assert answers() == []


def test_signature_on_paper_in_between_ends_the_link(stranger, family, officer):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    stranger.get(address)
    service.sign(
        consent,
        Signer(Party.GUARDIAN, bond.guardian.name, bond),
        signed_on=date(2026, 2, 1),
        route=Route.ON_SITE,
        witness="村支书",
        by=officer,
    )
    database.session.commit()

    assert "已经签过" in stranger.post(address, expect=REFUSED, **AGREE)


def test_guardian_whose_authority_has_ended_cannot_sign(stranger, family, officer):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    bond.until = date(2026, 2, 1)
    database.session.commit()

    stranger.get(address, expect=REFUSED)


def test_nobody_who_is_signed_in_signs_for_the_guardian(sign_in, family, officer):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    browser = sign_in(officer)
    assert "先退出" in browser.get(address)

    browser.post(address, expect=422, **AGREE)

    assert answers() == []


def test_link_of_the_agreement_signs_no_consent(stranger, family, officer):
    _placement, bond, agreement, consent = family
    address = sent(agreement, bond, officer)
    link = find(address.rsplit("/", 1)[1])
    link.purpose = service.PURPOSES[DocumentKind.CONSENT]
    database.session.commit()
    stranger.get(address)
    stranger.post(address, expect=200, **AGREE)

    assert [each.document_id for each in answers()] == [agreement.id]
    assert consent.signatures == []


def test_other_language_is_the_same_text(stranger, family, officer):
    _placement, bond, _agreement, consent = family
    address = sent(consent, bond, officer)
    assert "I agree and sign" in stranger.get(address + "?lang=en")

    stranger.post(address, expect=200, **AGREE)

    assert len(answers()) == 1
