"""A stored placement and the same placement as a document are judged alike."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.partners import service as partners
from exchange.partners.models import CreditCheck, HostApproval, HostPublication, InternshipPlan, SiteInspection
from exchange.placements import service
from exchange.placements.facts.values import FeeKind, WithheldDocument
from exchange.placements.record_facts import checklist_document, facts_of, facts_of_all, findings_of_host
from exchange.placements.rules import check_document
from tests.factories.partners import HostOrganisationFactory, host_records
from tests.factories.placements import (
    PlacementFactory,
    record_agreement,
    record_consent,
    record_cross_province_filing,
    record_declaration,
    record_everything,
    record_insurance,
    record_lodging,
    record_post_filing,
    record_safety_test,
    record_training,
)
from tests.placements.documents import facts

WRITERS = {
    "consent": record_consent,
    "agreement": record_agreement,
    "filings.0": record_post_filing,
    "filings.1": record_cross_province_filing,
    "safety_test": record_safety_test,
    "insurance": record_insurance,
    "training": record_training,
    "lodging": record_lodging,
    "fees": record_declaration,
}
NOTHING_ASKED = {"fees": None, "documents_withheld": None, "guarantees": None}
OF_HOST = {
    SiteInspection: {"host.inspection": None, "host.conditions": None},
    CreditCheck: {"host.dishonesty_record": None, "host.dishonesty_checked_on": None},
    HostApproval: {"host.party_meeting_on": None},
    HostPublication: {"host.published_on": None},
    InternshipPlan: {"plan": None},
}
STORED = {
    "regulation": None,
    "end": None,
    "archive": None,
    "shifts": None,
    "pay": None,
}
"""What the example holds and a stored placement does not yet."""


def without(section):
    if section.startswith("filings"):
        return {
            f"{section}.filed_on": None,
            f"{section}.authority_consent_on": None,
            f"{section}.package_sent_on": None,
        }
    return NOTHING_ASKED if section == "fees" else {section: None}


@pytest.mark.parametrize("missing", [(), *((name,) for name in WRITERS), tuple(WRITERS)])
def test_stored_placement_and_document_have_the_same_findings(db, missing):
    placement = PlacementFactory()
    for name, write in WRITERS.items():
        if name not in missing:
            write(placement)

    findings = checklist_document(placement)

    lacks = {path: value for name in missing for path, value in without(name).items()}
    assert findings == check_document(facts(STORED | lacks))
    assert bool(findings) == bool(missing)


@pytest.mark.parametrize("kind", OF_HOST)
def test_host_without_a_record_and_document_have_the_same_findings(db, kind):
    others = [each for each in host_records() if not isinstance(each, kind)]
    placement = PlacementFactory(post__host_organisation__records=others)
    record_everything(placement)

    findings = checklist_document(placement)

    assert findings == check_document(facts(STORED | OF_HOST[kind]))
    assert {each["rule"] for each in findings} == {each.rule.code for each in findings_of_host(placement.host)} != set()


def test_facts_hold_what_is_stored_of_host_and_post(db):
    found = facts_of(PlacementFactory())

    assert (found.host.staff_total, found.host.interns_at_once) == (320, 10)
    assert (found.post.staff_same_kind, found.post.interns_at_once, found.post.majors) == (22, 1, ("740104",))
    assert (found.post.wage, found.post.lowest_grade_wage) == (Decimal(3000), Decimal(2200))


def test_newest_record_of_a_host_counts_and_the_former_is_kept(db):
    host = HostOrganisationFactory()

    partners.record_credit_check(host, checked_on=date(2026, 2, 1), has_dishonesty_record=True, by=None)

    assert [finding.rule.code for finding in findings_of_host(host)] == ["INT-04"]
    assert [each.has_dishonesty_record for each in host.records if isinstance(each, CreditCheck)] == [False, True]


def test_new_host_lacks_everything_that_is_recorded_of_it(db):
    host = HostOrganisationFactory(records=[], legal_status=None)

    codes = [finding.rule.code for finding in findings_of_host(host)]

    assert codes == ["INT-02", "INT-04", "INT-06", "INT-07", "INT-08", "INT-09"]


def test_what_is_taken_from_a_student_reaches_the_rules(db):
    placement = PlacementFactory()
    service.record_declaration(
        placement,
        fees={FeeKind.DEPOSIT: Decimal("300.50")},
        documents_withheld=[WithheldDocument.RESIDENT_ID],
        guarantees=["押一个月工资"],
        by=None,
    )

    found = facts_of(placement)

    assert (found.fees[0].kind, found.fees[0].amount) == (FeeKind.DEPOSIT, Decimal("300.50"))
    assert found.documents_withheld == (WithheldDocument.RESIDENT_ID,)
    assert found.guarantees == ("押一个月工资",)


def test_void_records_are_no_facts(db):
    placement = PlacementFactory()
    record_everything(placement)
    for record in (*placement.consents, *placement.filings, *placement.lodgings, *placement.declarations):
        record.voided_at = record.created_at

    found = facts_of(placement)

    assert found.consent.student_signed_on is None
    assert found.filings == ()
    assert found.lodging.away_from_home is None
    assert found.fees is None


def test_hazards_and_majors_that_nobody_has_looked_up_are_not_none(db):
    found = facts_of(PlacementFactory(post__hazards=None, post__majors=None)).post

    assert (found.hazards, found.majors) == (None, None)


def test_facts_of_many_are_the_facts_of_each(db):
    post = PlacementFactory().post
    placements = PlacementFactory.create_batch(3, post=post)

    assert facts_of_all(placements) == {each.id: facts_of(each) for each in placements}
