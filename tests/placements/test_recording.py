"""Records whose page asks more than dates: what is taken from the student, and what was filed."""

import pytest

from tests.factories.accounts import InternshipOfficerFactory
from tests.factories.placements import PlacementFactory


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"fees_known": "some"}, "写明有什么"),
        ({"fees_known": "none", "fee_deposit": "300"}, "这里就要选"),
        ({"documents_withheld": ["RESIDENT_ID"]}, "这里就要选"),
        ({"guarantees_known": "some", "guarantees": " "}, "写明有什么"),
    ],
)
def test_declaration_that_contradicts_itself_is_sent_back(sign_in, db, said, sentence):
    placement = PlacementFactory()

    page = sign_in(InternshipOfficerFactory()).post(
        f"/placements/{placement.id}/records/declaration", expect=422, **said
    )

    assert sentence in page
    assert placement.declarations == []


def test_declaration_of_what_is_taken_is_shown_and_blocks(sign_in, db):
    placement = PlacementFactory()
    browser, address = sign_in(InternshipOfficerFactory()), f"/placements/{placement.id}"
    taken = {"fees_known": "some", "fee_deposit": "300", "documents_known": "some", "guarantees_known": "none"}

    browser.post(f"{address}/records/declaration", **taken, documents_withheld=["RESIDENT_ID"])
    page = browser.get(address)
    form = browser.get(f"{address}/records/declaration")

    for expected in ("向学生收取了实习押金", "扣押了学生的证件", "实习押金 300 元"):
        assert expected in page
    assert 'value="300"' in form


def test_declaration_leaves_open_what_nobody_has_asked(sign_in, db):
    placement = PlacementFactory()

    sign_in(InternshipOfficerFactory()).post(f"/placements/{placement.id}/records/declaration", fees_known="none")

    declared = placement.declarations[-1]
    assert (declared.fees, declared.documents_withheld, declared.guarantees) == ([], None, None)


def test_exception_filing_keeps_its_scopes_and_takes_the_place_of_the_former(sign_in, db):
    placement = PlacementFactory()
    browser, address = sign_in(InternshipOfficerFactory()), f"/placements/{placement.id}/records/exception-filing"

    browser.post(address, scopes=["NIGHT"], filed_on="2026-02-01")
    browser.post(address, scopes=["NIGHT", "REST_DAY"], filed_on="2026-02-02")

    assert [(each.scopes, each.is_void) for each in placement.filings] == [
        (["NIGHT"], True),
        (["NIGHT", "REST_DAY"], False),
    ]
    assert "夜班、休息日" in browser.get(f"/placements/{placement.id}")
