import pytest

from tests.placements.documents import found


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
