import pytest

from tests.placements.documents import CLEAN, found

FIRST_DAY, NEXT_DAY = "2028-03-06", "2028-03-07"
CONSENT = ["consent.student_signed_on", "consent.guardian_signed_on"]
SIGNATURES = [f"agreement.{party}_signed_on" for party in ("school", "host", "student", "guardian")]
ITEMS = [f"agreement.items.{name}" for name in CLEAN["agreement"]["items"] if name != "other"]


@pytest.mark.parametrize(("rule", "path"), [*(("INT-13", p) for p in CONSENT), *(("INT-20", p) for p in SIGNATURES)])
def test_signature_counts_until_the_first_day(rule, path):
    assert found({path: FIRST_DAY}) == {}
    assert found({path: NEXT_DAY}) == {rule: [path]}
    assert found({path: None}) == {rule: [path]}


def test_adult_needs_the_guardians_consent_too():
    assert found({"student.birth_date": "2009-12-01", CONSENT[1]: None}) == {"INT-13": [CONSENT[1]]}


def test_finding_lists_all_that_is_missing():
    assert found({"consent": None, "agreement": None}) == {
        "INT-13": CONSENT,
        "INT-20": ["agreement.template", *SIGNATURES],
        "INT-21": ITEMS,
    }


def test_visit_needs_neither_consent_nor_agreement():
    assert found({"placement.kind": "COGNITIVE", "consent": None, "agreement": None}) == {}


def test_unknown_kind_leaves_open_what_is_not_signed():
    assert found({"placement.kind": None}) == {"INT-01": ["placement.kind"]}
    assert found({"placement.kind": None, CONSENT[0]: None}) == {
        "INT-01": ["placement.kind"],
        "INT-13": ["placement.kind", CONSENT[0]],
    }


@pytest.mark.parametrize("template", [None, "", " "])
def test_agreement_names_its_model(template):
    assert found({"agreement.template": template}) == {"INT-20": ["agreement.template"]}


@pytest.mark.parametrize("value", [False, None])
@pytest.mark.parametrize("path", ITEMS)
def test_agreement_is_complete(path, value):
    assert found({path: value}) == {"INT-21": [path]}


@pytest.mark.parametrize("value", [True, False, None])
def test_agreement_may_leave_other_matters_open(value):
    assert found({"agreement.items.other": value}) == {}


def test_missing_start_leaves_open_what_must_come_before_it():
    findings = found({"placement.start": None})

    for rule in ("INT-03", "INT-10", "INT-11", "INT-13", "INT-20", "INT-41", "INT-46", "INT-47"):
        assert findings[rule] == ["placement.start"], rule
