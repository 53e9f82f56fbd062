"""The formula: its figures, its special cases, and what always holds."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exchange.coursework.grading import Part, Result, ResultState, average, formula, weigh
from exchange.coursework.models import Special


def part(weight, score=None, special=None, maximum=100):
    return Part(weight, maximum, None if score is None else Decimal(score), special)


@pytest.mark.parametrize(
    ("parts", "state", "score"),
    [
        ([part(40, "86"), part(60, "90")], ResultState.FINAL, "88.4"),
        ([part(40, "86"), part(60, "9", maximum=10)], ResultState.FINAL, "88.4"),
        ([part(50, "86.4"), part(50, "86.5")], ResultState.FINAL, "86.5"),
        ([part(50, "86.4"), part(50, "86.48")], ResultState.FINAL, "86.4"),
        ([part(40, special=Special.ABSENT), part(60, "90")], ResultState.FINAL, "54.0"),
        ([part(40, special=Special.EXEMPT), part(60, "90")], ResultState.FINAL, "90.0"),
        ([part(100, special=Special.EXEMPT)], ResultState.EXEMPT, None),
        ([part(40, special=Special.DEFERRED), part(60, "90")], ResultState.DEFERRED, None),
        ([part(40, special=Special.DEFERRED), part(60)], ResultState.INCOMPLETE, None),
        ([part(40, "86"), part(60)], ResultState.INCOMPLETE, None),
        ([], ResultState.INCOMPLETE, None),
    ],
)
def test_weigh_follows_the_stated_formula(parts, state, score):
    assert weigh(parts) == Result(state, None if score is None else Decimal(score))


@st.composite
def full_parts(draw):
    """Assessments whose weights sum to 100, each with a score or a special mark that gives a figure."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=5)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    parts = []
    for weight in weights:
        maximum = draw(st.integers(1, 1000))
        special = draw(st.sampled_from([None, None, Special.ABSENT, Special.EXEMPT]))
        score = None if special else draw(st.decimals(0, maximum, places=2))
        parts.append(Part(weight, maximum, score, special))
    return parts


@given(full_parts())
def test_weights_that_sum_to_100_keep_the_result_within_0_and_100(parts):
    result = weigh(parts)

    assert sum(each.weight for each in parts) == 100
    assert result.score is None or 0 <= result.score <= 100


@given(full_parts(), st.randoms())
def test_result_does_not_depend_on_the_order_of_assessments(parts, random):
    shuffled = list(parts)
    random.shuffle(shuffled)

    assert weigh(shuffled) == weigh(parts)


@given(full_parts())
def test_result_lies_between_the_lowest_and_the_highest_percentage(parts):
    counted = [each for each in parts if each.special is not Special.EXEMPT]
    percentages = [each.counted * 100 / each.maximum for each in counted]
    result = weigh(parts)

    if counted:
        assert min(percentages) - Decimal("0.05") <= result.score <= max(percentages) + Decimal("0.05")


@given(full_parts(), st.integers(2, 50))
def test_result_does_not_depend_on_the_size_of_the_maximum(parts, factor):
    scaled = [
        Part(each.weight, each.maximum * factor, each.score and each.score * factor, each.special) for each in parts
    ]

    assert weigh(scaled) == weigh(parts)


@given(full_parts(), st.data())
def test_better_mark_never_makes_a_worse_result(parts, data):
    scored = [place for place, each in enumerate(parts) if each.score is not None]
    assume(scored)
    place = data.draw(st.sampled_from(scored))
    each = parts[place]
    better = replace(each, score=data.draw(st.decimals(each.score, each.maximum, places=2)))

    assert weigh([*parts[:place], better, *parts[place + 1 :]]).score >= weigh(parts).score


@given(full_parts())
def test_result_is_within_half_a_tenth_of_the_exact_figure(parts):
    counted = [each for each in parts if each.special is not Special.EXEMPT]
    result = weigh(parts)
    assume(counted)
    total = sum(Fraction(each.counted) / each.maximum * each.weight for each in counted)
    exact = total * 100 / sum(each.weight for each in counted)

    assert -Fraction(1, 20) <= exact - Fraction(result.score) < Fraction(1, 20)


@given(st.integers(0, 10_000))
def test_rounding_is_half_up_to_one_decimal(hundredths):
    score = Decimal(hundredths) / 100

    assert weigh([part(100, score)]).score == Decimal((hundredths + 5) // 10) / 10


def test_formula_shows_every_figure():
    parts = [part(40, "86"), part(60, "9", maximum=10)]

    assert formula(parts) == "86÷100×40 + 9÷10×60 = 88.4"


def test_formula_shows_that_an_exempt_part_is_shared_out():
    parts = [part(40, special=Special.EXEMPT), part(60, "90")]

    assert formula(parts) == "(90÷100×60) ÷ 60 × 100 = 90"


def test_average_leaves_out_who_has_no_figure():
    results = [Result(ResultState.FINAL, Decimal(80)), Result(ResultState.FINAL, Decimal("80.5"))]

    assert average([*results, Result(ResultState.DEFERRED)]) == Decimal("80.3")
    assert average([Result(ResultState.EXEMPT)]) is None
