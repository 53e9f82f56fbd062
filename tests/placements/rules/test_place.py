import pytest

from tests.placements.documents import found

ENROLLED, START, BORN = "student.enrolled_on", "placement.start", "student.birth_date"
COGNITIVE = {"placement.kind": "COGNITIVE"}


def place(changes):
    """What is found when the student is given the post, before papers are due."""
    return found({"step": "PLACE"} | changes)


@pytest.mark.parametrize(
    ("enrolled_on", "last_refused", "first_allowed"),
    [
        ("2026-09-01", "2027-08-31", "2027-09-01"),
        ("2026-12-04", "2027-08-31", "2027-09-01"),
        ("2027-01-31", "2027-08-31", "2027-09-01"),
        ("2027-02-01", "2028-08-31", "2028-09-01"),
        ("2027-08-31", "2028-08-31", "2028-09-01"),
    ],
)
def test_first_grade_ends_with_its_school_year(enrolled_on, last_refused, first_allowed):
    assert place({ENROLLED: enrolled_on, START: last_refused}) == {"INT-22": []}
    assert place({ENROLLED: enrolled_on, START: first_allowed}) == {}


def test_december_entrant_may_not_start_in_april():
    assert place({ENROLLED: "2027-12-04", START: "2028-04-01"}) == {"INT-22": []}


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({ENROLLED: None}, {"INT-22": ["student.enrolled_on"]}),
        ({ENROLLED: "2028-01-01"} | COGNITIVE, {}),
        ({ENROLLED: None} | COGNITIVE, {}),
        ({"placement.kind": None}, {}),
        ({ENROLLED: "2028-01-01", "placement.kind": None}, {"INT-22": ["placement.kind"]}),
        ({START: "9999-12-31", ENROLLED: "9999-12-31", BORN: "9999-12-31"}, {"INT-22": [], "INT-23": []}),
    ],
)
def test_first_grade_concerns_post_internships_only(changes, findings):
    assert place(changes) == findings


@pytest.mark.parametrize(
    ("birth_date", "start", "findings"),
    [
        ("2012-03-07", "2028-03-06", {"INT-23": []}),
        ("2012-03-06", "2028-03-06", {"INT-23": []}),
        ("2012-03-05", "2028-03-06", {}),
        ("2012-02-29", "2028-02-29", {"INT-23": []}),
        ("2012-02-29", "2028-03-01", {}),
        ("2084-02-29", "2100-02-28", {"INT-23": []}),
        ("2084-02-29", "2100-03-01", {}),
        (None, "2028-03-06", {"INT-23": ["student.birth_date"]}),
    ],
)
def test_student_is_old_enough_from_the_day_after_the_birthday(birth_date, start, findings):
    assert place({BORN: birth_date, START: start}) == findings


def test_missing_start_leaves_grade_and_age_open():
    assert place({START: None}) == {"INT-22": ["placement.start"], "INT-23": ["placement.start"]}


@pytest.mark.parametrize(("kind", "findings"), [("COGNITIVE", {}), (None, {"INT-23": ["placement.kind"]})])
def test_age_concerns_post_internships_only(kind, findings):
    assert place({BORN: "2014-01-01", "placement.kind": kind}) == findings


@pytest.mark.parametrize(
    ("birth_date", "hazards", "findings"),
    [
        ("2010-03-07", ["HEAT"], {"INT-24": []}),
        ("2010-03-06", ["HEAT"], {}),
        ("2010-03-07", ["OTHER_HIGH_RISK"], {}),
        ("2010-03-07", ["OTHER_HIGH_RISK", "BOILER"], {"INT-24": []}),
        ("2010-03-07", [], {}),
        ("2010-03-07", None, {"INT-24": ["post.hazards"]}),
        ("2010-03-06", None, {}),
    ],
)
def test_minor_is_spared_hazards(birth_date, hazards, findings):
    assert place({BORN: birth_date, "post.hazards": hazards}) == findings


@pytest.mark.parametrize(
    ("hazards", "missing"),
    [([], None), (["DUST"], ["student.birth_date"]), (None, ["student.birth_date", "post.hazards"])],
)
def test_age_matters_only_where_there_are_hazards(hazards, missing):
    assert place({BORN: None, "post.hazards": hazards}).get("INT-24") == missing


def test_hazards_count_on_a_visit_too():
    assert place({BORN: "2011-01-01", "post.hazards": ["HEAT"]} | COGNITIVE) == {"INT-24": []}


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
    assert place({"post.labour_intensity": intensity}) == findings
