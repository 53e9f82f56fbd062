import pytest

from tests.placements.documents import found, missing

FIRST_DAY, NEXT_DAY, DAY_BEFORE = "2028-03-06", "2028-03-07", "2028-03-05"
CROSS = "filings.CROSS_PROVINCE"
DATES = ["authority_consent_on", "filed_on", "package_sent_on"]
FILINGS = [f"{CROSS}.{name}" for name in DATES]
ABROAD = [f"filings.ABROAD.{name}" for name in DATES]
POST = "filings.POST_INTERNSHIP.filed_on"


def across(changes):
    """What is found of filings for another province or country."""
    return {rule: paths for rule, paths in found(changes).items() if rule in {"INT-41", "INT-42"}}


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
    assert across(changes) == findings


def test_entries_of_one_kind_count_together():
    consent = {"kind": "CROSS_PROVINCE", "authority_consent_on": "2028-02-10", "package_sent_on": "2028-02-20"}
    filing = {"kind": "CROSS_PROVINCE", "filed_on": "2028-02-18"}

    assert across({"filings": [consent, filing]}) == {}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"host.province": "330000"}, {}),
        ({"host.country": "JP"}, {"INT-42": ABROAD}),
        ({"host.country": None}, {"INT-41": FILINGS}),
        ({"host.country": "cn"}, {"INT-41": FILINGS}),
        ({"host.province": None}, {"INT-41": ["host.province", *FILINGS]}),
        ({"school_province": None}, {"INT-41": ["school_province", *FILINGS]}),
    ],
)
def test_filing_is_asked_for_across_provinces_only(changes, findings):
    assert across({"filings": []} | changes) == findings


@pytest.mark.parametrize("path", ["host.province", "school_province"])
def test_unknown_province_is_no_matter_where_everything_is_filed(path):
    assert across({path: None}) == {}


@pytest.mark.parametrize("name", DATES)
def test_internship_abroad_is_filed(name):
    filed = {
        "kind": "ABROAD",
        "authority_consent_on": DAY_BEFORE,
        "filed_on": DAY_BEFORE,
        "package_sent_on": DAY_BEFORE,
    }
    abroad = {"host.country": "JP", "filings": [filed]}
    late = {"host.country": "JP", "filings": [filed | {name: FIRST_DAY}]}
    unknown = {"host.country": "JP", "filings": [filed | {name: None}]}
    path = f"filings.ABROAD.{name}"

    assert across(abroad) == {}
    assert across(late) == ({} if name == "package_sent_on" else {"INT-42": [path]})
    assert across(unknown) == {"INT-42": [path]}


@pytest.mark.parametrize(
    ("changes", "found_rule"),
    [
        ({"filings.0.filed_on": FIRST_DAY}, None),
        ({"filings.0.filed_on": NEXT_DAY}, [POST]),
        ({"filings.0.filed_on": None}, [POST]),
        ({"filings": []}, [POST]),
        ({"filings": None}, [POST]),
        ({"filings": None, "placement.kind": "COGNITIVE"}, None),
        ({"filings": None, "placement.kind": None}, ["placement.kind", POST]),
    ],
)
def test_post_internship_is_filed(changes, found_rule):
    assert missing("INT-03", changes) == found_rule
