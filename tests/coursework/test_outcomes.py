"""What follows from all sittings: the worked results of domain/rules.md §2.3, each edge, and what always holds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.coursework.grading import Part, Result, ResultState, weigh
from exchange.coursework.models import AttemptKind, Scale, Special
from exchange.coursework.outcomes import Sitting, Terms, outcome, terms_of
from exchange.coursework.scales import Level, Measure

K = AttemptKind
TERMS = Terms(pass_score=60, makeup_attempts=2, makeup_cap_score=60)
DAY = date(2026, 9, 8)


def parts(*marks):
    """平时 30, 期中 30, 期末 40, or one part of 100."""
    weights = (30, 30, 40) if len(marks) == 3 else (100,)
    return [
        Part(weight, 100, special=mark) if isinstance(mark, Special) else Part(weight, 100, mark and Decimal(mark))
        for weight, mark in zip(weights, marks, strict=True)
    ]


def sat(kind, score, days=0):
    return Sitting(kind, None if score is None else Decimal(score), DAY + timedelta(days=days))


WORKED = [
    # first sitting, later ones → result, passed, what decided, next, make-ups left
    ("passed", parts("80", "70", "90"), [], "81.0", True, None, None, 2),
    ("passed at the edge", parts("60", "60", "60"), [], "60.0", True, None, None, 2),
    ("failed just below", parts("60", "60", "59.8"), [], "59.9", False, None, K.MAKEUP, 2),
    ("absent from the end", parts("80", "70", Special.ABSENT), [], "45.0", False, None, K.MAKEUP, 2),
    ("rounded to a pass", parts("60", "60", "59.9"), [], "60.0", True, None, None, 2),
    ("make-up passed, capped", parts("45"), [sat(K.MAKEUP, 88)], "60.0", True, K.MAKEUP, None, 1),
    ("make-up passed at the edge", parts("45"), [sat(K.MAKEUP, 60)], "60.0", True, K.MAKEUP, None, 1),
    ("make-up failed, better", parts("45"), [sat(K.MAKEUP, "59.9")], "59.9", False, K.MAKEUP, K.MAKEUP, 1),
    ("make-up failed, worse", parts("45"), [sat(K.MAKEUP, 30)], "45.0", False, None, K.MAKEUP, 1),
    ("absent from the make-up", parts("45"), [sat(K.MAKEUP, None)], "45.0", False, None, K.MAKEUP, 1),
    ("second make-up", parts("45"), [sat(K.MAKEUP, 30), sat(K.MAKEUP, 70, 90)], "60.0", True, K.MAKEUP, None, 0),
    (
        "both make-ups failed",
        parts("45"),
        [sat(K.MAKEUP, 30), sat(K.MAKEUP, 50, 9)],
        "50.0",
        False,
        K.MAKEUP,
        K.RETAKE,
        0,
    ),
    ("retaken, in full", parts("45"), [sat(K.MAKEUP, 30), sat(K.RETAKE, 78, 90)], "78.0", True, K.RETAKE, None, 1),
    ("retake failed", parts("45"), [sat(K.RETAKE, 59)], "59.0", False, K.RETAKE, K.MAKEUP, 2),
    ("deferred, still to sit", parts("80", "70", Special.DEFERRED), [], None, False, None, K.DEFERRED, 2),
    (
        "deferred and sat, uncapped",
        parts("80", "70", Special.DEFERRED),
        [sat(K.DEFERRED, 90)],
        "81.0",
        True,
        None,
        None,
        2,
    ),
    (
        "deferred and failed",
        parts("80", "70", Special.DEFERRED),
        [sat(K.DEFERRED, 20)],
        "53.0",
        False,
        None,
        K.MAKEUP,
        2,
    ),
    (
        "deferred and absent",
        parts("80", "70", Special.DEFERRED),
        [sat(K.DEFERRED, None)],
        "45.0",
        False,
        None,
        K.MAKEUP,
        2,
    ),
    (
        "deferred, failed, made up",
        parts("80", "70", Special.DEFERRED),
        [sat(K.DEFERRED, 20), sat(K.MAKEUP, 95, 14)],
        "60.0",
        True,
        K.MAKEUP,
        None,
        1,
    ),
    ("recognised, in full", [], [sat(K.RECOGNISED, 86)], "86.0", True, K.RECOGNISED, None, 2),
    ("failed, then recognised", parts("45"), [sat(K.RECOGNISED, 75)], "75.0", True, K.RECOGNISED, None, 2),
    ("not complete", parts("80", None, "90"), [], None, False, None, None, 2),
    ("exempt from one part, shared out", parts("80", Special.EXEMPT, "60"), [], "68.6", True, None, None, 2),
    ("exempt from all, whatever is sat later", parts(Special.EXEMPT), [sat(K.RETAKE, 90)], None, True, None, None, 2),
    ("absent from everything", parts(Special.ABSENT), [], "0.0", False, None, K.MAKEUP, 2),
    ("absent, made up", parts(Special.ABSENT), [sat(K.MAKEUP, 61)], "60.0", True, K.MAKEUP, None, 1),
    (
        "retaken twice, the better counts",
        parts("45"),
        [sat(K.RETAKE, 82), sat(K.RETAKE, 71, 90)],
        "82.0",
        True,
        K.RETAKE,
        None,
        2,
    ),
    ("recognised below a pass", parts("45"), [sat(K.RECOGNISED, 59)], "59.0", False, K.RECOGNISED, K.MAKEUP, 2),
    ("zero is a mark", parts("0"), [], "0.0", False, None, K.MAKEUP, 2),
]


@pytest.mark.parametrize(
    ("first", "later", "score", "passed", "decided", "comes", "left"),
    [w[1:] for w in WORKED],
    ids=[w[0] for w in WORKED],
)
def test_worked_results(first, later, score, passed, decided, comes, left):
    end = outcome(first, later, TERMS)

    assert end.result.score == (None if score is None else Decimal(score))
    assert end.passed is passed
    assert (end.deciding and end.deciding.kind) == decided
    assert (end.next, end.makeups_left) == (comes, left)


def levels(scale, *words, weights=None):
    """Parts of equal weight, marked with these levels."""
    shares = weights or [100 // len(words)] * len(words)
    measure = Measure(scale, DAY)
    return [Part(share, 100, measure.points_of(word)) for share, word in zip(shares, words, strict=True)]


@pytest.mark.parametrize(
    ("scale", "first", "later", "level", "passed"),
    [
        (Scale.LEVELS, [Level.EXCELLENT, Level.FAIR], None, Level.GOOD, True),  # 95 and 75 make 85
        (Scale.LEVELS, [Level.GOOD, Level.FAIL], None, Level.PASS, True),  # 85 and 50 make 67.5
        (Scale.LEVELS, [Level.PASS, Level.FAIL], None, Level.FAIL, False),  # 65 and 50 make 57.5
        (Scale.LEVELS, [Level.FAIL], (K.MAKEUP, Level.EXCELLENT), Level.PASS, True),  # capped
        (Scale.LEVELS, [Level.FAIL], (K.RETAKE, Level.EXCELLENT), Level.EXCELLENT, True),
        (Scale.LEVELS, [Level.FAIL], (K.MAKEUP, Level.FAIL), Level.FAIL, False),
        (Scale.PASS_FAIL, [Level.PASSED, Level.PASSED], None, Level.PASSED, True),
        (Scale.PASS_FAIL, [Level.FAILED], (K.MAKEUP, Level.PASSED), Level.PASSED, True),
        (Scale.PASS_FAIL, [Level.FAILED], (K.RECOGNISED, Level.PASSED), Level.PASSED, True),
        (Scale.PASS_FAIL, [Level.FAILED], None, Level.FAILED, False),
    ],
)
def test_worked_results_on_scales_of_levels(scale, first, later, level, passed):
    measure = Measure(scale, DAY)
    sittings = [Sitting(later[0], measure.points_of(later[1]), DAY, scale)] if later else []

    end = outcome(levels(scale, *first), sittings, TERMS)

    assert (measure.level_of(end.result.score), end.passed) == (level, passed)


def test_exempt_from_the_whole_course_is_passed_without_a_figure():
    end = outcome(parts(Special.EXEMPT), [], TERMS)

    assert (end.result, end.passed, end.next) == (Result(ResultState.EXEMPT), True, None)


def test_cap_never_turns_a_passed_make_up_into_a_failed_one():
    strict = Terms(pass_score=70, makeup_attempts=2, makeup_cap_score=60)

    assert outcome(parts("45"), [sat(K.MAKEUP, 70)], strict).result.score == 70
    assert outcome(parts("45"), [sat(K.MAKEUP, 70)], strict).passed
    assert not outcome(parts("45"), [sat(K.MAKEUP, 69)], strict).passed


def test_first_sitting_stays_in_sight_whatever_decides():
    end = outcome(parts("45"), [sat(K.MAKEUP, 88)], TERMS)

    assert end.first.score == 45
    assert [sitting.score for sitting in end.sittings] == [88]
    assert not end.is_failed


def test_of_equal_sittings_the_earliest_counts():
    end = outcome(parts("45"), [sat(K.MAKEUP, 90, 30), sat(K.MAKEUP, 70)], TERMS)

    assert end.deciding == sat(K.MAKEUP, 70)


def test_settings_are_those_of_the_day():
    assert terms_of(60, on=DAY) == TERMS


TENTHS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
SITTINGS = st.lists(
    st.builds(
        sat,
        st.sampled_from([K.MAKEUP, K.RETAKE, K.RECOGNISED]),
        st.none() | TENTHS,
        st.integers(0, 500),
    ),
    max_size=5,
)
FIRST = st.one_of(
    st.just([]),
    TENTHS.map(lambda score: parts(score)),
    st.sampled_from([parts(Special.ABSENT), parts(Special.DEFERRED), parts(Special.EXEMPT), parts(None)]),
)


@given(FIRST, SITTINGS, SITTINGS)
def test_one_more_sitting_never_makes_anything_worse(first, some, more):
    before, after = outcome(first, some, TERMS), outcome(first, some + more, TERMS)

    assert after.passed >= before.passed
    assert before.result.score is None or after.result.score >= before.result.score


@given(FIRST, SITTINGS, st.randoms())
def test_order_in_which_sittings_are_recorded_does_not_matter(first, later, random):
    shuffled = list(later)
    random.shuffle(shuffled)
    one, other = outcome(first, later, TERMS), outcome(first, shuffled, TERMS)

    assert (one.result, one.passed, one.next) == (other.result, other.passed, other.next)


@given(FIRST, SITTINGS)
def test_outcome_keeps_its_bounds_and_says_what_comes_next(first, later):
    end = outcome(first, later, TERMS)

    assert end.result.score is None or 0 <= end.result.score <= 100
    assert end.first == weigh(first)
    assert not (end.passed and end.next)
    if end.is_failed and end.first.state is ResultState.FINAL:
        assert end.next in {K.MAKEUP, K.RETAKE}


@given(st.lists(TENTHS, min_size=1, max_size=4))
def test_make_ups_alone_never_exceed_the_cap(scores):
    end = outcome(parts("45"), [sat(K.MAKEUP, score, day) for day, score in enumerate(scores)], TERMS)

    assert 45 <= end.result.score <= 60


LEVELLED = st.sampled_from([Scale.LEVELS, Scale.PASS_FAIL])


@given(LEVELLED, st.data(), st.integers(1, 99))
def test_result_of_levels_lies_between_the_lowest_and_the_highest(scale, data, weight):
    measure = Measure(scale, DAY)
    ranks = list(measure.points)
    words = data.draw(st.lists(st.sampled_from(ranks), min_size=2, max_size=2))
    found = measure.level_of(outcome(levels(scale, *words, weights=[weight, 100 - weight]), [], TERMS).result.score)

    low, high = sorted(map(ranks.index, words))
    assert low <= ranks.index(found) <= high


@given(LEVELLED, st.data(), st.integers(0, 100))
def test_make_up_on_a_scale_of_levels_is_never_capped_below_a_pass(scale, data, pass_score):
    measure = Measure(scale, DAY)
    strict = Terms(pass_score=pass_score, makeup_attempts=2, makeup_cap_score=60)
    word = data.draw(st.sampled_from(list(measure.points)))
    sitting = Sitting(K.MAKEUP, measure.points_of(word), DAY, scale)

    end = outcome(parts("0"), [sitting], strict)

    assert end.passed is (pass_score <= measure.points_of(word))
    assert end.result.score <= max(pass_score, 60)


@given(TENTHS)
def test_deferred_sitting_counts_like_a_first_one(score):
    later = outcome(parts("80", "70", Special.DEFERRED), [sat(K.DEFERRED, score)], TERMS)

    assert later.result == weigh(parts("80", "70", score))
