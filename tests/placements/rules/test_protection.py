import pytest

from tests.placements.documents import missing

FIRST_DAY, NEXT_DAY, DAY_BEFORE = "2028-03-06", "2028-03-07", "2028-03-05"


@pytest.mark.parametrize("who", ["student_on", "instructor_on", "mentor_on"])
def test_everybody_is_trained_by_the_first_day(who):
    path = f"training.{who}"

    assert missing("INT-11", {path: FIRST_DAY}) is None
    assert missing("INT-11", {path: NEXT_DAY}) == [path]
    assert missing("INT-11", {path: None}) == [path]


TOGETHER = {"away_from_home": True, "unified": True, "address": "朝阳区宿舍 3 号", "warden_phone": "010-60000000"}
ELSEWHERE = {"away_from_home": True, "unified": False, "guardian_agreed_on": DAY_BEFORE, "school_filed_on": DAY_BEFORE}


@pytest.mark.parametrize(
    ("lodging", "names"),
    [
        ({"away_from_home": False}, None),
        (TOGETHER, None),
        (ELSEWHERE, None),
        (TOGETHER | {"address": None}, ["address"]),
        (TOGETHER | {"warden_phone": " "}, ["warden_phone"]),
        (ELSEWHERE | {"guardian_agreed_on": None}, ["guardian_agreed_on"]),
        (ELSEWHERE | {"school_filed_on": None}, ["school_filed_on"]),
        (TOGETHER | {"unified": False}, ["guardian_agreed_on", "school_filed_on"]),
        (TOGETHER | {"unified": None}, ["unified", "guardian_agreed_on", "school_filed_on"]),
        (TOGETHER | ELSEWHERE | {"unified": None}, None),
        (TOGETHER | {"away_from_home": None}, None),
        ({"away_from_home": None, "unified": True}, ["away_from_home", "address", "warden_phone"]),
    ],
)
def test_lodging_is_settled(lodging, names):
    assert missing("INT-40", {"lodging": lodging}) == (None if names is None else [f"lodging.{name}" for name in names])


@pytest.mark.parametrize(
    ("changes", "found_rule"),
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
def test_safety_test_is_passed(changes, found_rule):
    assert missing("INT-46", changes) == found_rule


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
    assert missing("INT-47", changes) == findings.get("INT-47")
