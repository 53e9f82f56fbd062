import pytest

from tests.placements.documents import missing


@pytest.mark.parametrize(
    ("interns", "staff", "found_rule"),
    [(32, 320, None), (33, 320, []), (32, 329, None), (1, 9, []), (1, 10, None), (33, None, None), (None, 320, None)],
)
def test_interns_are_at_most_a_tenth_of_the_staff(interns, staff, found_rule):
    assert missing("INT-16", {"host.interns_at_once": interns, "host.staff_total": staff}) == found_rule


@pytest.mark.parametrize(
    ("interns", "staff", "found_rule"),
    [(4, 22, None), (5, 22, []), (5, 25, None), (1, 4, []), (5, None, None), (None, 22, None)],
)
def test_interns_of_a_post_are_at_most_a_fifth_of_its_staff(interns, staff, found_rule):
    assert missing("INT-17", {"post.interns_at_once": interns, "post.staff_same_kind": staff}) == found_rule


@pytest.mark.parametrize("kind", ["COGNITIVE", None])
def test_heads_of_a_visit_are_not_counted(kind):
    crowded = {"host.interns_at_once": 400, "post.interns_at_once": 400, "placement.kind": kind}

    assert missing("INT-16", crowded) is None
    assert missing("INT-17", crowded) is None
