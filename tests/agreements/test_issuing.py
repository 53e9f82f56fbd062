"""Issuing agreement and consent form: what must not be empty, what voids what, and two who issue at once."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.agreements import queries, service
from exchange.agreements.models import AgreementDocument
from exchange.agreements.terms import ITEMS, ItemMissing
from exchange.agreements.texts import all_texts, text_for
from exchange.agreements.values import DocumentKind
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.placements import service as placements
from exchange.placements.facts.values import InternshipKind
from exchange.placements.models import Placement, PlacementStatus, VoidReason
from exchange.placements.rules.signatures import AGREEMENT_ITEMS
from tests.at_once import pressed_twice
from tests.factories.agreements import TERMS, issued, placement_with_family
from tests.factories.placements import PlacementFactory, record_agreement, record_consent


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def placement(db):
    return placement_with_family()[0]


def in_force(placement, kind=DocumentKind.AGREEMENT):
    return queries.in_force(placement, kind)


def test_both_documents_are_issued_with_the_values_of_the_placement(placement):
    agreement, consent = issued(placement)

    text = str(agreement.content)
    assert (agreement.kind, consent.kind, agreement.version) == (DocumentKind.AGREEMENT, DocumentKind.CONSENT, 1)
    for said in ("刀玉兰", "刀文忠（父亲）", placement.host.uscc, "前厅接待", "2026年3月2日", "每月 2600 元", "15 日"):
        assert said in text
    assert "刀文忠（父亲）" in consent.content["signers"]["guardian"]


def test_text_holds_the_nine_contents_of_the_article(placement):
    agreement, _consent = issued(placement)

    assert [each["item"] for each in agreement.content["sections"]] == [*AGREEMENT_ITEMS, "other"]
    assert list(ITEMS) == list(AGREEMENT_ITEMS)
    assert all(clause.strip() for each in agreement.content["sections"] for clause in each["clauses"])


@pytest.mark.parametrize("text", all_texts(), ids=lambda text: text.name)
def test_text_never_claims_to_be_the_official_one(text):
    assert "由学校" in text.basis
    assert text.kind is not DocumentKind.AGREEMENT or "不是示范文本原文" in text.basis


def test_text_in_force_is_chosen_by_its_day():
    assert text_for(DocumentKind.CONSENT, date(2026, 2, 1)).version == "2026-1"


@pytest.mark.parametrize(
    ("lacking", "number"),
    [
        ("tasks", "第二项"),
        ("meals", "第三项"),
        ("pay_day", "第四项"),
        ("pay_amount", "第四项"),
        ("protection", "第五项"),
        ("accidents", "第六项"),
        ("assessment", "第七项"),
        ("breach", "第八项"),
    ],
)
def test_empty_content_is_refused_by_its_name(placement, lacking, number):
    with pytest.raises(ItemMissing, match=number):
        service.issue(placement, TERMS | {lacking: " " if isinstance(TERMS[lacking], str) else None}, by=None)

    assert database.session.scalars(select(AgreementDocument)).all() == []


def test_without_a_guardian_who_may_sign_the_first_content_is_missing(db):
    with pytest.raises(ItemMissing, match=r"第一项.*监护人"):
        service.issue(PlacementFactory(), TERMS, by=None)


def test_other_matters_may_be_empty(placement):
    agreement, _consent = issued(placement, other="")

    assert agreement.content["sections"][-1]["clauses"][0] == "三方没有另外的约定。"


def test_same_text_is_not_issued_twice(placement):
    issued(placement)

    with pytest.raises(NotPossible, match="不用重新出具"):
        service.issue(placement, TERMS, by=None)


def test_other_pay_makes_the_next_version_and_voids_what_was_signed(placement):
    first, _consent = issued(placement)
    record_agreement(placement)
    record_consent(placement)

    service.issue(placement, TERMS | {"pay_amount": 2800}, by=None)

    assert first.void_reason is VoidReason.REPLACED
    assert in_force(placement).version == 2
    assert {each.void_reason for each in (*placement.agreements, *placement.consents)} == {VoidReason.TEXT_CHANGED}


def test_other_matters_void_the_agreement_but_not_the_consent(placement):
    issued(placement)
    record_consent(placement)

    (fresh,) = service.issue(placement, TERMS | {"other": "单位负担往返车费。"}, by=None)

    assert fresh.kind is DocumentKind.AGREEMENT
    assert not placement.consents[0].is_void


def test_other_days_void_the_documents_with_the_records(placement):
    agreement, consent = issued(placement)

    placements.change_placement(placement, ends_on=date(2026, 8, 14), by=None)

    assert {agreement.void_reason, consent.void_reason} == {VoidReason.PLAN_CHANGED}
    assert in_force(placement) is None


def test_visit_to_a_host_has_no_agreement(db):
    placement = placement_with_family(kind=InternshipKind.COGNITIVE)[0]

    with pytest.raises(NotPossible, match="认识实习"):
        service.issue(placement, TERMS, by=None)


def test_nothing_is_issued_once_it_is_over(placement):
    placement.status = PlacementStatus.ENDED

    with pytest.raises(NotPossible, match="已经结束"):
        service.issue(placement, TERMS, by=None)


def test_two_who_issue_at_once_make_one_version(app, placement):
    number = placement.id
    database.session.commit()

    def press():
        service.issue(database.session.get(Placement, number), TERMS, by=None)

    assert pressed_twice(app, press, done="issued", refusal=NotPossible) == ["issued", "refused"]
    assert database.session.query(AgreementDocument).count() == 2
