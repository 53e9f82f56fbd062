import pytest

from tests.placements.documents import CLEAN, found, missing


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"host.venue": "OTHER", "post.venue": "RESTAURANT"}, {}),
        ({"host.venue": "KARAOKE"}, {"INT-26": []}),
        ({"host.venue": "INTERNET_CAFE", "step": "UNIT"}, {"INT-26": []}),
        ({"host.venue": None, "step": "UNIT"}, {"INT-26": ["host.venue"]}),
        ({"post.venue": None}, {"INT-26": ["post.venue"]}),
        ({"post.venue": None, "host.venue": None}, {"INT-26": ["host.venue", "post.venue"]}),
    ],
)
def test_venue_is_no_entertainment(changes, findings):
    assert found(changes) == findings


@pytest.mark.parametrize(
    ("step", "venue", "findings"),
    [
        ("PLACE", "KARAOKE", {"INT-26": []}),
        ("PLACE", "HOTEL", {}),
        ("PLAN", "KARAOKE", {}),
        ("UNIT", None, {}),
    ],
)
def test_karaoke_inside_a_hotel_blocks_the_post_and_not_the_hotel(step, venue, findings):
    assert found({"step": step, "post.venue": venue}) == findings


def unit(changes):
    return found({"step": "UNIT"} | changes)


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"host.legal_status": "UNINCORPORATED"}, {}),
        ({"host.legal_status": "NONE"}, {"INT-02": []}),
        ({"host.legal_status": None}, {"INT-02": ["host.legal_status"]}),
        ({"host.uscc": "91110101000000003C"}, {"INT-02": ["host.uscc"]}),
        ({"host.uscc": "𠀀" * 18}, {"INT-02": ["host.uscc"]}),
        ({"host.uscc": None}, {"INT-02": ["host.uscc"]}),
        ({"host.dishonesty_record": True}, {"INT-04": []}),
        ({"host.dishonesty_record": None}, {"INT-04": ["host.dishonesty_record"]}),
        ({"host.dishonesty_checked_on": None}, {"INT-04": ["host.dishonesty_checked_on"]}),
        ({"host.party_meeting_on": None}, {"INT-08": ["host.party_meeting_on"]}),
        ({"host.published_on": None}, {"INT-08": ["host.published_on"]}),
        ({"host.inspection.signed_on": None}, {"INT-07": ["host.inspection.signed_on"]}),
        ({"placement.agency": "某劳务公司"}, {"INT-27": ["placement.agency"]}),
        ({"placement.agency": " "}, {}),
    ],
)
def test_host_may_take_interns(changes, findings):
    assert unit(changes) == findings


@pytest.mark.parametrize(
    ("breach", "decided_on", "found_rule"),
    [
        ("2025-01-20", "2028-01-20", None),
        ("2025-01-21", "2028-01-20", []),
        ("2028-01-21", "2028-01-20", []),
        ("2025-02-28", "2028-02-29", None),
        ("2025-03-01", "2028-02-29", []),
        ("2024-02-28", "2027-02-28", None),
        ("2024-02-29", "2027-02-28", []),
        ("2020-01-01", None, ["host.party_meeting_on"]),
        (None, None, None),
        ("0001-01-01", "0002-01-01", []),
        ("9999-12-31", "9999-12-31", []),
    ],
)
def test_host_is_clean_for_three_years_before_the_decision(breach, decided_on, found_rule):
    assert missing("INT-05", {"host.last_safety_breach_on": breach, "host.party_meeting_on": decided_on}) == found_rule


@pytest.mark.parametrize("value", [False, None])
@pytest.mark.parametrize("name", CLEAN["host"]["conditions"])
def test_conditions_are_confirmed(name, value):
    assert unit({f"host.conditions.{name}": value}) == {"INT-06": [f"host.conditions.{name}"]}


@pytest.mark.parametrize("value", ["", None])
@pytest.mark.parametrize("name", CLEAN["host"]["inspection"]["items"])
def test_report_of_the_inspection_has_nine_contents(name, value):
    assert unit({f"host.inspection.items.{name}": value}) == {"INT-07": [f"host.inspection.items.{name}"]}
