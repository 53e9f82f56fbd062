"""The scales: what is read and written, and that converting there and back changes nothing."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.coursework.models import Scale, Special
from exchange.coursework.notation import EMPTY, Unreadable, read, stored_value
from exchange.coursework.scales import Level, Measure, levels_note

DAY = date(2026, 9, 1)
MEASURES = [Measure(scale, DAY) for scale in Scale]
SCORES = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
FIVE = ("优秀", "良好", "中等", "及格", "不及格")


@pytest.mark.parametrize(
    ("score", "level"),
    [
        ("100", "优秀"),
        ("90", "优秀"),
        ("89.9", "良好"),
        ("80", "良好"),
        ("79.9", "中等"),
        ("70", "中等"),
        ("69.9", "及格"),
        ("60", "及格"),
        ("59.9", "不及格"),
        ("0", "不及格"),
    ],
)
def test_level_of_a_score_on_each_side_of_each_edge(app, score, level):
    assert str(Measure(Scale.HUNDRED, DAY).level_of(Decimal(score)).label) == level
    assert str(Measure(Scale.LEVELS, DAY).level_of(Decimal(score)).label) == level


@pytest.mark.parametrize(("score", "level"), [("60", Level.PASSED), ("59.9", Level.FAILED)])
def test_pass_and_fail_part_at_the_pass_score(score, level):
    assert Measure(Scale.PASS_FAIL, DAY).level_of(Decimal(score)) is level


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.scale)
def test_level_of_the_points_of_a_level_is_the_level(measure):
    assert [measure.level_of(measure.points_of(level)) for level in measure.points] == list(measure.points)
    assert list(measure.points) == list(measure.bounds)


@given(st.sampled_from(MEASURES), SCORES, SCORES)
def test_more_points_never_make_a_lower_level(measure, one, other):
    ranks = list(measure.bounds)
    low, high = sorted((one, other))

    assert ranks.index(measure.level_of(high)) <= ranks.index(measure.level_of(low))


@pytest.mark.parametrize("scale", [Scale.LEVELS, Scale.PASS_FAIL])
def test_what_is_written_is_read_again_as_the_same(app, scale):
    measure = Measure(scale, DAY)

    for level in measure.points:
        value = stored_value(measure.points_of(level), None, measure)
        assert read(str(value), maximum=100, measure=measure) == value


@pytest.mark.parametrize(
    ("scale", "typed", "shown"),
    [
        (Scale.LEVELS, "优", "优秀"),
        (Scale.LEVELS, " L ", "良好"),
        (Scale.LEVELS, "中等", "中等"),
        (Scale.LEVELS, "j", "及格"),
        (Scale.LEVELS, "不", "不及格"),
        (Scale.LEVELS, "缓", "缓"),
        (Scale.PASS_FAIL, "P", "合格"),
        (Scale.PASS_FAIL, "不合格", "不合格"),
        (Scale.PASS_FAIL, "q", "缺"),
    ],
)
def test_read_takes_levels_their_first_sign_and_their_letter(app, scale, typed, shown):
    assert str(read(typed, maximum=100, measure=Measure(scale, DAY))) == shown


@pytest.mark.parametrize(
    ("scale", "typed", "words"),
    [
        (Scale.LEVELS, "86", "优秀、良好、中等、及格、不及格"),
        (Scale.LEVELS, "合格", "优秀、良好、中等、及格、不及格"),
        (Scale.PASS_FAIL, "优秀", "合格、不合格"),
    ],
)
def test_read_refuses_what_the_scale_does_not_have_and_names_what_it_has(app, scale, typed, words):
    with pytest.raises(Unreadable, match=f"“{typed}”不是等级。填 {words}，"):
        read(typed, maximum=100, measure=Measure(scale, DAY))


def test_read_takes_nothing_as_nothing_on_every_scale(app):
    assert [read(" ", maximum=100, measure=measure) for measure in MEASURES] == [EMPTY] * 3
    assert stored_value(None, Special.EXEMPT, MEASURES[1]).level is None


def test_note_of_papers_names_the_table():
    assert levels_note(DAY) == "等级换算：90–100 优秀，80–89 良好，70–79 中等，60–69 及格，59 及以下不及格。"


def test_table_in_force_on_the_first_day_of_the_term_holds(monkeypatch):
    from exchange.coursework.scales import TABLES

    old, new = TABLES.versions("five_levels_from")[0], {"value": {"excellent": 85, "fail": 0}, "from": "2027-02-01"}
    monkeypatch.setitem(TABLES._file, "five_levels_from", [old, new])

    assert Measure(Scale.HUNDRED, date(2027, 1, 31)).level_of(Decimal(86)) is Level.GOOD
    assert Measure(Scale.HUNDRED, date(2027, 2, 1)).level_of(Decimal(86)) is Level.EXCELLENT
