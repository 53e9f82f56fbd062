import pytest

from tests.placements.documents import found, missing

ENROLLED, START, BORN = "student.enrolled_on", "placement.start", "student.birth_date"
COGNITIVE = {"placement.kind": "COGNITIVE"}


def place(changes):
    """What is found of grade and age when the student is given the post."""
    findings = found({"step": "PLACE"} | changes)
    return {rule: paths for rule, paths in findings.items() if rule in {"INT-22", "INT-23"}}


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


START_DAY, END_DAY = "2028-03-06", "2028-09-01"


def covered(*periods):
    return [{"from": first, "to": last} for first, last in periods]


@pytest.mark.parametrize("who", ["instructors", "mentors"])
@pytest.mark.parametrize(
    ("periods", "holds"),
    [
        (covered((START_DAY, END_DAY)), True),
        (covered(("2028-01-01", "2028-12-31")), True),
        (covered((START_DAY, "2028-05-31"), ("2028-06-01", END_DAY)), True),
        (covered(("2028-06-01", END_DAY), (START_DAY, "2028-05-31")), True),
        (covered((START_DAY, "2028-05-31"), ("2028-06-02", END_DAY)), False),
        (covered(("2028-03-07", END_DAY)), False),
        (covered((START_DAY, "2028-08-31")), False),
        (covered((END_DAY, START_DAY)), False),
        ([], False),
        (None, False),
    ],
)
def test_student_is_guided_without_a_gap(who, periods, holds):
    assert missing("INT-10", {who: periods}) == (None if holds else [who])


def test_guide_with_unknown_days_leaves_the_gap_open():
    changes = {"mentors": covered((START_DAY, None), (None, "2028-04-30"))}

    assert missing("INT-10", changes) == ["mentors[0].to", "mentors[1].from"]
    assert missing("INT-10", {"mentors": covered((START_DAY, END_DAY), (None, None))}) is None


@pytest.mark.parametrize(
    ("major", "majors", "found_rule"),
    [
        ("740104", ["740104"], None),
        ("740104", ["740201"], None),
        ("740104", ["710101", "740201"], None),
        ("740104", ["710101"], []),
        ("740104", [], []),
        ("740104", None, None),
        (None, ["710101"], None),
    ],
)
def test_post_of_another_category_needs_a_reason(major, majors, found_rule):
    assert missing("INT-12", {"student.major": major, "post.majors": majors}) == found_rule


@pytest.mark.parametrize(
    ("kind", "arranged_by", "found_rule"),
    [
        ("COGNITIVE", "SELF", []),
        ("COGNITIVE", "SCHOOL", None),
        ("POST", "SELF", None),
        ("COGNITIVE", None, ["placement.arranged_by"]),
        (None, "SELF", ["placement.kind"]),
        (None, "SCHOOL", None),
    ],
)
def test_visit_is_arranged_by_the_school(kind, arranged_by, found_rule):
    assert missing("INT-14", {"placement.kind": kind, "placement.arranged_by": arranged_by}) == found_rule


APPLICATION = ["student_signed_on", "guardian_signed_on", "school_approved_on"]
APPLIED = {"placement.self_application": dict.fromkeys(APPLICATION, "2028-01-05")}
APPLICATION_PATHS = [f"placement.self_application.{name}" for name in APPLICATION]


@pytest.mark.parametrize("name", APPLICATION)
def test_own_choice_needs_the_whole_application(name):
    own = {"placement.arranged_by": "SELF"} | APPLIED
    path = f"placement.self_application.{name}"

    assert missing("INT-15", own) is None
    assert missing("INT-15", own | {path: None}) == [path]


def test_application_is_asked_for_an_own_choice_only():
    assert missing("INT-15", {"placement.self_application": None}) is None
    assert missing("INT-15", {"placement.arranged_by": None} | APPLIED) is None
    assert missing("INT-15", {"placement.arranged_by": None}) == ["placement.arranged_by", *APPLICATION_PATHS]
