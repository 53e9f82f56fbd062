"""The three-way difference keeps the laws that make it one."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.registry.differences import aligned, differences, kind_of, number_difference
from exchange.registry.values import DifferenceKind as Kind

HEADINGS = ("姓名", "性别", "民族", "联系电话", "成员1姓名", "成员1联系电话", "成员2姓名", "成员2联系电话")
TEXTS = st.sampled_from(["", "甲", "乙", "丙"])
CELLS = st.dictionaries(st.sampled_from(HEADINGS), TEXTS)
BASES = st.none() | CELLS
SWAPPED = {Kind.ONLY_OURS: Kind.ONLY_THEIRS, Kind.ONLY_THEIRS: Kind.ONLY_OURS}


@given(CELLS, BASES)
def test_equal_records_give_no_difference(cells, base):
    assert differences(cells, base, cells, HEADINGS) == []


@given(CELLS, BASES, CELLS)
def test_swapping_the_sides_swaps_who_has_moved(ours, base, theirs):
    there = {each.heading: each for each in differences(ours, base, theirs, HEADINGS)}
    back = {each.heading: each for each in differences(theirs, base, ours, HEADINGS)}

    assert set(there) == set(back)
    for heading, each in there.items():
        assert back[heading].kind == SWAPPED.get(each.kind, each.kind)
        assert (back[heading].ours, back[heading].theirs) == (each.theirs, each.ours)


@given(CELLS, CELLS, CELLS)
def test_each_kind_says_who_has_moved(ours, base, theirs):
    for each in differences(ours, base, theirs, HEADINGS):
        moved = (each.ours != each.submitted, each.theirs != each.submitted)
        assert (
            moved
            == {
                Kind.ONLY_OURS: (True, False),
                Kind.ONLY_THEIRS: (False, True),
                Kind.BOTH: (True, True),
            }[each.kind]
        )


@given(CELLS, CELLS)
def test_without_a_submission_nobody_knows_who_has_moved(ours, theirs):
    assert {each.kind for each in differences(ours, None, theirs, HEADINGS)} <= {Kind.NO_BASE}


@given(CELLS, BASES, CELLS, st.dictionaries(st.sampled_from(HEADINGS), st.booleans()))
def test_nothing_is_left_when_every_difference_was_mended_on_either_side(ours, base, theirs, takes_over):
    for each in differences(ours, base, theirs, HEADINGS):
        if takes_over.get(each.heading):
            ours = {**ours, each.heading: each.theirs}
        else:
            theirs = {**theirs, each.heading: each.ours}

    assert differences(ours, base, theirs, HEADINGS) == []


@given(CELLS, CELLS)
def test_members_in_the_other_order_hide_nothing(ours, theirs):
    """Aligning renames columns and loses no cell."""
    assert sorted(aligned(theirs, ours).values()) == sorted(theirs.values())


def test_mother_first_or_father_first_is_no_difference():
    ours = {"成员1姓名": "甲", "成员1联系电话": "1", "成员2姓名": "乙", "成员2联系电话": "2"}
    theirs = {"成员1姓名": "乙", "成员1联系电话": "2", "成员2姓名": "甲", "成员2联系电话": "1"}

    assert differences(ours, None, aligned(theirs, ours), HEADINGS) == []


def test_both_moved_to_the_same_value_is_no_difference():
    assert kind_of("新", "旧", "新") is None


def test_a_number_that_we_do_not_have_yet_is_to_be_taken_over():
    assert number_difference("全国学籍号", "", "G1").kind is Kind.NUMBER
    assert number_difference("全国学籍号", "G2", "G1").kind is Kind.NO_BASE
    assert number_difference("全国学籍号", "G1", "G1") is None
    assert number_difference("全国学籍号", "", "") is None
