"""Every reason on each side of its edge, with the number from the settings."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from exchange.attention import reasons as book
from exchange.attention.reasons import ATTENTION, Facts, ReasonKind, limit, reasons
from exchange.welfare.rules.attrition import Facts as Attrition
from exchange.welfare.rules.attrition import alerts
from exchange.welfare.rules.counting import Run

DAY = date(2026, 11, 25)
K = ReasonKind
FINE = Facts(day=DAY, since=date(2026, 9, 1), spoken_on=DAY)


def counted(**values):
    """The facts with what the counters of early warning say."""
    return replace(FINE, alerts=tuple(alerts(Attrition(DAY, **values))))


def away(days):
    return counted(run=Run(DAY - timedelta(days=days - 1), DAY))


def days_ago(days):
    return DAY - timedelta(days=days)


def credits(due, earned):
    return replace(FINE, credits_due=Decimal(due), credits_earned=Decimal(earned))


def test_nothing_is_said_of_most_students(app):
    assert reasons(FINE) == []


def test_every_kind_has_its_own_function():
    assert set(ATTENTION.checks) == set(ReasonKind)
    assert len({check.__name__ for check in ATTENTION.checks.values()}) == len(ReasonKind)


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        (K.AWAY, counted(), away(1)),
        (K.LEAVE, counted(leave_ended_on=DAY), counted(leave_ended_on=days_ago(1))),
        (K.HOURS, counted(hours=29), counted(hours=30)),
        (K.FAILED, replace(FINE, failed=("数学",)), replace(FINE, failed=("数学", "语文"))),
        (K.UNMARKED, replace(FINE, unmarked=("数学",)), replace(FINE, unmarked=("数学", "语文"))),
        (K.CREDITS, credits("20", "12.5"), credits("20", "12")),
        (K.CONDUCT, FINE, replace(FINE, conduct_failed_in="2025–2026学年第二学期")),
        (K.TALK, replace(FINE, spoken_on=days_ago(60)), replace(FINE, spoken_on=days_ago(61))),
    ],
    ids=[kind.value for kind in K],
)
def test_reason_holds_from_its_edge_on(app, kind, inside, outside):
    assert [each.kind for each in reasons(inside)] == []
    assert [each.kind for each in reasons(outside)] == [kind]


def test_who_has_just_come_is_given_as_long_for_a_talk(app):
    new = replace(FINE, since=days_ago(60), spoken_on=None)

    assert reasons(new) == []
    assert [each.sentence for each in reasons(replace(new, since=days_ago(61)))] == ["还没有谈话、打电话或家访的记录"]


def test_two_years_of_leave_are_a_reason_before_they_are_over(app):
    assert reasons(counted(on_leave_since=date(2025, 1, 25))) == []
    assert [each.kind for each in reasons(counted(on_leave_since=date(2025, 1, 24)))] == [K.LEAVE]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (away(3), "连续 3 天不在校，没有请假；超过 14 天，学校要作决定"),
        (counted(hours=62), "本学期旷课 62 课时；到 90 课时，学校要作决定"),
        (replace(FINE, failed=("数学", "语文")), "2 门课不及格：数学、语文"),
        (replace(FINE, unmarked=("数学", "语文", "礼仪")), "3 门课成绩没有录齐：数学、语文、礼仪"),
        (credits("40", "31.5"), "到现在应得 40 学分，得了 31.5，差 8.5"),
        (replace(FINE, conduct_failed_in="2025–2026学年第二学期"), "操行不合格（2025–2026学年第二学期）"),
        (replace(FINE, spoken_on=days_ago(70), since=date(2025, 9, 1)), "70 天没有谈话、打电话或家访的记录"),
    ],
)
def test_reason_is_said_in_plain_words_with_its_numbers(app, facts, said):
    assert [each.sentence for each in reasons(facts)] == [said]


def test_reasons_are_told_in_the_order_of_their_kinds(app):
    much = replace(away(2), failed=("数学", "语文"), spoken_on=days_ago(80), since=date(2025, 9, 1))

    assert [each.kind for each in reasons(much)] == [K.AWAY, K.FAILED, K.TALK]


def test_numbers_of_the_school_follow_the_day(monkeypatch, app):
    versions = {"courses_failed": [{"value": 2, "from": "2018-09-01"}, {"value": 1, "from": "2026-11-25"}]}
    monkeypatch.setitem(book.LIMITS.__dict__, "_file", versions)

    assert limit("courses_failed", DAY - timedelta(days=1)) == 2
    assert book.fails_courses(replace(FINE, failed=("数学",))) == "1 门课不及格：数学"
    assert book.fails_courses(replace(FINE, day=DAY - timedelta(days=1), failed=("数学",))) is None
