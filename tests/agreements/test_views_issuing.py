"""The pages of one placement: filling in, issuing for several, the whole text and the paper."""

import pytest
import time_machine

from exchange.agreements import queries
from exchange.agreements.values import DocumentKind
from exchange.core.database import db as database
from exchange.placements.models import Placement
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.agreements import TERMS, issued, placement_with_family


@pytest.fixture(autouse=True)
def before_the_first_day():
    with time_machine.travel("2026-02-01T08:00:00+08:00"):
        yield


@pytest.fixture
def placement(db):
    return placement_with_family()[0]


@pytest.fixture
def office(sign_in):
    return sign_in(InternshipOfficerFactory())


def filled(**changes):
    return {name: str(value) for name, value in (TERMS | changes).items()}


def test_office_fills_in_what_is_missing_and_issues_for_several(office, placement):
    other, _bond = placement_with_family(name="岩温", guardian="岩罕", post=placement.post)
    database.session.commit()
    overview = f"/placements/{placement.id}/agreements"
    assert "还没有出具" in office.get(overview)
    form = office.get(f"{overview}/new")
    assert "刀文忠（父亲）" in form
    assert "岩温" in form

    office.post(f"{overview}/new", **filled(), also=str(other.id))

    page = office.get(overview)
    assert "第 1 版" in page
    assert page.count("没签") == 6
    for each in (placement, database.session.get(Placement, other.id)):
        assert queries.in_force(each, DocumentKind.AGREEMENT).version == 1


def test_empty_content_comes_back_with_everything_typed(office, placement):
    address = f"/placements/{placement.id}/agreements/new"
    office.get(address)

    page = office.post(address, expect=422, **filled(pay_amount=""))

    assert "协议第四项“实习报酬及支付方式”还缺报酬金额（元），补上再出具。" in page
    assert "单位食堂提供三餐" in page


def test_last_terms_of_the_post_are_suggested(office, placement):
    issued(placement)
    other, _bond = placement_with_family(name="岩温", guardian="岩罕", post=placement.post)
    database.session.commit()

    page = office.get(f"/placements/{other.id}/agreements/new")

    assert "单位食堂提供三餐" in page
    assert 'value="2600"' in page


def test_first_form_takes_what_the_plan_says(office, placement):
    page = office.get(f"/placements/{placement.id}/agreements/new")

    assert "见方案" in page
    assert "防护用品" in page


def test_whole_text_and_paper(office, placement):
    agreement, _consent = issued(placement)

    page = office.get(f"/agreements/documents/{agreement.id}")
    content = office.get(f"/agreements/documents/{agreement.id}.pdf")

    assert "有效文本" in page
    assert "四、实习报酬及支付方式" in page
    assert content.startswith(b"%PDF")


def test_english_page_keeps_the_chinese_text(office, placement):
    agreement, _consent = issued(placement)

    page = office.get(f"/agreements/documents/{agreement.id}?lang=en")

    assert "Whole text" in page
    assert "实习报酬及支付方式" in page


def test_placement_leads_to_its_agreements(office, placement):
    database.session.commit()

    assert f"/placements/{placement.id}/agreements" in office.get(f"/placements/{placement.id}")


@pytest.mark.parametrize(
    ("make", "expect"),
    [(PrincipalFactory, 200), (InstructorFactory, 404), (HomeroomTeacherFactory, 404), (StudentUserFactory, 403)],
)
def test_who_reads_a_document(sign_in, placement, make, expect):
    agreement, _consent = issued(placement)

    sign_in(make()).get(f"/agreements/documents/{agreement.id}", expect=expect)


def test_only_who_plans_issues(sign_in, placement):
    database.session.commit()

    sign_in(PrincipalFactory()).get(f"/placements/{placement.id}/agreements/new", expect=403)
