"""A stored placement and the same placement as a document are judged alike."""

import json
from pathlib import Path

import pytest

from exchange.placements.books import RECORDED
from exchange.placements.facts import read_facts
from exchange.placements.record_facts import checklist_document, facts_of
from exchange.placements.rules import check_document
from tests.factories.placements import (
    PlacementFactory,
    record_agreement,
    record_consent,
    record_cross_province_filing,
    record_insurance,
    record_post_filing,
    record_safety_test,
)

EXAMPLE = Path(__file__).parents[1] / "data" / "placement-facts.json"
SECTIONS = {
    "consent": record_consent,
    "agreement": record_agreement,
    "filings": lambda placement: (record_post_filing(placement), record_cross_province_filing(placement)),
    "safety_test": record_safety_test,
    "insurance": record_insurance,
}


@pytest.mark.parametrize("missing", [(), *((name,) for name in SECTIONS), tuple(SECTIONS)])
def test_stored_placement_and_document_have_the_same_findings(db, missing):
    placement = PlacementFactory()
    document = json.loads(EXAMPLE.read_text(encoding="utf-8")) | {"step": "START"}
    for name, write in SECTIONS.items():
        if name in missing:
            del document[name]
        else:
            write(placement)

    findings = checklist_document(placement)

    told = check_document(read_facts(json.dumps(document).encode()))
    assert findings == [finding for finding in told if finding["rule"] in RECORDED]
    assert bool(findings) == bool(missing)


def test_void_records_are_no_facts(db):
    placement = PlacementFactory()
    record_consent(placement)
    record_cross_province_filing(placement)
    for record in (*placement.consents, *placement.filings):
        record.voided_at = record.created_at

    facts = facts_of(placement)

    assert facts.consent.student_signed_on is None
    assert facts.filings == ()


def test_hazards_that_nobody_has_looked_up_are_not_none(db):
    placement = PlacementFactory(post__hazards=None)

    assert facts_of(placement).post.hazards is None
