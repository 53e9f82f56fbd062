import pytest

from tests.placements.documents import found, missing

BORN = "student.birth_date"
COGNITIVE = {"placement.kind": "COGNITIVE"}
UNFILED = {"filings.2.filed_on": None}
EXCEPTION = "filings.EXCEPTION.filed_on"


@pytest.mark.parametrize(
    ("birth_date", "hazards", "found_rule"),
    [
        ("2010-03-07", ["HEAT"], []),
        ("2010-03-06", ["HEAT"], None),
        ("2010-03-07", ["OTHER_HIGH_RISK"], None),
        ("2010-03-07", ["OTHER_HIGH_RISK", "BOILER"], []),
        ("2010-03-07", [], None),
        ("2010-03-07", None, ["post.hazards"]),
        ("2010-03-06", None, None),
    ],
)
def test_minor_is_spared_hazards(birth_date, hazards, found_rule):
    assert missing("INT-24", {BORN: birth_date, "post.hazards": hazards}) == found_rule


@pytest.mark.parametrize(
    ("hazards", "found_rule"),
    [([], None), (["DUST"], ["student.birth_date"]), (None, ["student.birth_date", "post.hazards"])],
)
def test_age_matters_only_where_there_are_hazards(hazards, found_rule):
    assert missing("INT-24", {BORN: None, "post.hazards": hazards}) == found_rule


def test_hazards_count_on_a_visit_too():
    assert missing("INT-24", {BORN: "2011-01-01", "post.hazards": ["HEAT"]} | COGNITIVE) == []


@pytest.mark.parametrize(
    ("intensity", "findings"),
    [
        ("I", {}),
        ("II", {}),
        ("III", {"INT-28": []}),
        ("IV", {"INT-28": []}),
        (None, {"INT-28": ["post.labour_intensity"]}),
    ],
)
def test_work_is_light_enough(intensity, findings):
    assert found({"step": "PLACE", "post.labour_intensity": intensity}) == findings


@pytest.mark.parametrize(
    ("sex", "hazards", "found_rule"),
    [
        ("female", ["UNDERGROUND"], []),
        ("female", ["HEAVY_LIFTING", "HEAT"], []),
        ("female", ["HEIGHT", "RADIATION", "COLD_WATER"], None),
        ("male", ["UNDERGROUND"], None),
        ("male", None, None),
        ("female", None, ["post.hazards"]),
        (None, ["UNDERGROUND"], ["student.sex"]),
        (None, ["HEAT"], None),
        (None, None, ["student.sex", "post.hazards"]),
    ],
)
def test_woman_is_spared_hazards(sex, hazards, found_rule):
    assert missing("INT-25", {"student.sex": sex, "post.hazards": hazards}) == found_rule


@pytest.mark.parametrize(
    "hazard", ["HEIGHT", "UNDERGROUND", "RADIATION", "TOXIC", "FLAMMABLE_EXPLOSIVE", "OTHER_HIGH_RISK"]
)
def test_work_of_higher_risk_is_filed_in_advance(hazard):
    risky = {"post.hazards": [hazard]}

    assert missing("INT-29", risky) is None
    assert missing("INT-29", risky | UNFILED) == [EXCEPTION]
    assert missing("INT-29", risky | {"filings.2.filed_on": "2028-03-06"}) == [EXCEPTION]
    assert missing("INT-29", risky | {"filings.2.filed_on": "2028-03-05"}) is None
    assert missing("INT-29", risky | {"filings.2.scopes": ["NIGHT"]}) == [EXCEPTION]


@pytest.mark.parametrize(
    ("hazards", "found_rule"), [([], None), (["HEAT", "DUST"], None), (None, ["post.hazards", EXCEPTION])]
)
def test_other_work_needs_no_filing(hazards, found_rule):
    assert missing("INT-29", {"post.hazards": hazards} | UNFILED) == found_rule
