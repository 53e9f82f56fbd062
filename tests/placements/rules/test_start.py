import pytest

from tests.placements.documents import CLEAN, found

FIRST_DAY, NEXT_DAY, DAY_BEFORE = "2028-03-06", "2028-03-07", "2028-03-05"
CONSENT = ["consent.student_signed_on", "consent.guardian_signed_on"]
SIGNATURES = [f"agreement.{party}_signed_on" for party in ("school", "host", "student", "guardian")]
ITEMS = [f"agreement.items.{name}" for name in CLEAN["agreement"]["items"] if name != "other"]
CROSS = "filings.CROSS_PROVINCE"
FILINGS = [f"{CROSS}.authority_consent_on", f"{CROSS}.filed_on", f"{CROSS}.package_sent_on"]


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
    assert found({"placement.kind": None}) == {}
    assert found({"placement.kind": None, CONSENT[0]: None}) == {"INT-13": ["placement.kind", CONSENT[0]]}


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


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"filings.1.filed_on": None}, {"INT-41": [f"{CROSS}.filed_on"]}),
        ({"filings.1.filed_on": FIRST_DAY}, {"INT-41": [f"{CROSS}.filed_on"]}),
        ({"filings.1.filed_on": DAY_BEFORE}, {}),
        ({"filings.1.authority_consent_on": None}, {"INT-41": [f"{CROSS}.authority_consent_on"]}),
        ({"filings.1.authority_consent_on": FIRST_DAY}, {"INT-41": [f"{CROSS}.authority_consent_on"]}),
        ({"filings.1.authority_consent_on": DAY_BEFORE}, {}),
        ({"filings.1.package_sent_on": None}, {"INT-41": [f"{CROSS}.package_sent_on"]}),
        ({"filings.1.package_sent_on": FIRST_DAY}, {}),
        ({"filings.1.kind": "ABROAD"}, {"INT-41": FILINGS}),
        ({"filings": []}, {"INT-41": FILINGS}),
        ({"filings": None}, {"INT-41": FILINGS}),
    ],
)
def test_cross_province_internship_is_filed(changes, findings):
    assert found(changes) == findings


def test_entries_of_one_kind_count_together():
    consent = {"kind": "CROSS_PROVINCE", "authority_consent_on": "2028-02-10", "package_sent_on": "2028-02-20"}
    filing = {"kind": "CROSS_PROVINCE", "filed_on": "2028-02-18"}

    assert found({"filings": [consent, filing]}) == {}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"host.province": "330000"}, {}),
        ({"host.country": "JP"}, {}),
        ({"host.country": None}, {"INT-41": FILINGS}),
        ({"host.country": "cn"}, {"INT-41": FILINGS}),
        ({"host.province": None}, {"INT-41": ["host.province", *FILINGS]}),
        ({"school_province": None}, {"INT-41": ["school_province", *FILINGS]}),
    ],
)
def test_filing_is_asked_for_across_provinces_only(changes, findings):
    assert found({"filings": []} | changes) == findings


@pytest.mark.parametrize("path", ["host.province", "school_province"])
def test_unknown_province_is_no_matter_where_everything_is_filed(path):
    assert found({path: None}) == {}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"safety_test.score": 58}, ["safety_test.score"]),
        ({"safety_test.score": 59.9}, ["safety_test.score"]),
        ({"safety_test.score": 60}, None),
        ({"safety_test.score": None}, ["safety_test.score"]),
        ({"safety_test.pass_score": None}, ["safety_test.pass_score"]),
        ({"safety_test.taken_on": FIRST_DAY}, None),
        ({"safety_test.taken_on": NEXT_DAY}, ["safety_test.taken_on"]),
        ({"safety_test.taken_on": None}, ["safety_test.taken_on"]),
        ({"training": None}, None),
    ],
)
def test_safety_test_is_passed(changes, missing):
    assert found(changes).get("INT-46") == missing


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"insurance.from": NEXT_DAY}, {"INT-47": ["insurance.from"]}),
        ({"insurance.from": None}, {"INT-47": ["insurance.from"]}),
        ({"insurance.from": DAY_BEFORE, "insurance.to": "2028-09-02"}, {}),
        ({"insurance.to": "2028-08-31"}, {"INT-47": ["insurance.to"]}),
        ({"insurance.to": None}, {"INT-47": ["insurance.to"]}),
        ({"placement.end": None}, {"INT-47": ["placement.end"]}),
        ({"insurance.student_listed": False}, {"INT-47": ["insurance.student_listed"]}),
        ({"insurance.student_listed": None}, {"INT-47": ["insurance.student_listed"]}),
        ({"insurance.payer": "STUDENT"}, {"INT-47": ["insurance.payer"]}),
        ({"insurance.payer": "HOST"}, {}),
        ({"insurance.payer": "SCHOOL_FREE_TUITION_SUBSIDY"}, {}),
        ({"insurance.payer": None}, {"INT-47": ["insurance.payer"]}),
        ({"insurance.student_paid": 0.01}, {"INT-47": ["insurance.student_paid"]}),
        ({"insurance.student_paid": None}, {"INT-47": ["insurance.student_paid"]}),
        (
            {"insurance": None},
            {"INT-47": [f"insurance.{name}" for name in ("from", "to", "student_listed", "payer", "student_paid")]},
        ),
    ],
)
def test_insurance_covers_internship(changes, findings):
    assert found(changes) == findings


def test_missing_start_leaves_open_what_must_come_before_it():
    missing = ["placement.start"]

    assert {rule: found({"placement.start": None})[rule] for rule in ("INT-13", "INT-20", "INT-41", "INT-46")} == {
        "INT-13": missing,
        "INT-20": missing,
        "INT-41": missing,
        "INT-46": missing,
    }
