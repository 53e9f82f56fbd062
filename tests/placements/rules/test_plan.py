import pytest

from tests.placements.documents import CLEAN, found, missing


def plan(changes):
    return found({"step": "PLAN"} | changes)


def test_kind_is_recorded():
    assert plan({"placement.kind": "COGNITIVE"}) == {}
    assert plan({"placement.kind": None}) == {"INT-01": ["placement.kind"]}


@pytest.mark.parametrize("value", ["", None])
@pytest.mark.parametrize("name", CLEAN["plan"]["sections"])
def test_plan_has_seven_contents(name, value):
    assert plan({f"plan.sections.{name}": value}) == {"INT-09": [f"plan.sections.{name}"]}


@pytest.mark.parametrize("value", [False, None])
def test_plan_is_agreed_with_the_host(value):
    assert plan({"plan.agreed_with_host": value}) == {"INT-09": ["plan.agreed_with_host"]}


@pytest.mark.parametrize(
    ("start", "end", "is_usual"),
    [
        ("2028-03-06", "2028-08-05", True),  # five months to the day
        ("2028-03-06", "2028-08-04", False),
        ("2028-03-06", "2028-10-05", True),  # seven months to the day
        ("2028-03-06", "2028-10-06", False),
        ("2027-09-30", "2028-02-28", True),  # the fifth month ends with February
        ("2027-09-30", "2028-02-27", False),
        ("2028-03-31", "2028-10-30", True),
        ("2028-03-31", "2028-10-31", False),
        ("2028-09-01", "2028-03-06", False),
        ("0001-01-01", "9999-12-31", False),
        ("9999-12-31", "9999-12-31", False),
    ],
)
def test_post_internship_lasts_about_six_months(start, end, is_usual):
    assert missing("INT-18", {"placement.start": start, "placement.end": end}) == (None if is_usual else [])


@pytest.mark.parametrize(
    ("segments", "is_usual"),
    [
        ([("2027-07-01", "2027-07-31"), ("2028-02-01", "2028-05-31")], True),  # one month and four
        ([("2027-07-01", "2027-07-31"), ("2028-02-01", "2028-05-30")], False),
        ([("2027-07-01", "2027-07-16"), ("2028-02-01", "2028-05-31"), ("2028-07-01", "2028-07-15")], True),
        ([("2027-07-01", "2027-10-31"), ("2028-03-01", "2028-06-01")], False),
        ([("2027-07-01", "2028-01-31"), ("2028-03-01", "2028-03-01")], False),
        ([("2027-07-01", None)], True),
        ([], True),
    ],
)
def test_segments_add_up(segments, is_usual):
    listed = [{"from": first, "to": last} for first, last in segments]

    assert missing("INT-18", {"placement.segments": listed}) == (None if is_usual else [])


def test_length_of_a_visit_is_free():
    assert missing("INT-18", {"placement.end": "2028-03-07", "placement.kind": "COGNITIVE"}) is None
    assert missing("INT-18", {"placement.end": None}) is None
