"""Each number of the rules on both sides of its edge."""

from datetime import date, timedelta

import pytest

from exchange.welfare.rules.attrition import Actor, Facts, Level, alerts, is_minor
from exchange.welfare.rules.counting import Run

DAY = date(2026, 11, 25)


def found(**facts):
    return [(alert.code, alert.level, alert.who) for alert in alerts(Facts(day=DAY, **facts))]


def ago(days):
    return DAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [
        (29, []),
        (30, [("ATT-3", Level.NOTICE, Actor.HOMEROOM_TEACHER)]),
        (59, [("ATT-3", Level.NOTICE, Actor.HOMEROOM_TEACHER)]),
        (60, [("ATT-3", Level.WARNING, Actor.HOMEROOM_TEACHER)]),
        (79, [("ATT-3", Level.WARNING, Actor.HOMEROOM_TEACHER)]),
        (80, [("ATT-3", Level.URGENT, Actor.REGISTRAR)]),
        (89, [("ATT-3", Level.URGENT, Actor.REGISTRAR)]),
        (90, [("ATT-3", Level.CANDIDATE, Actor.REGISTRAR)]),
    ],
)
def test_hours_without_leave_in_a_term(hours, expected):
    assert found(hours=hours, hours_since=ago(60)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (1, [("ATT-4", Level.URGENT, Actor.HOMEROOM_TEACHER)]),
        (14, [("ATT-4", Level.URGENT, Actor.HOMEROOM_TEACHER)]),
        (15, [("ATT-4", Level.CANDIDATE, Actor.REGISTRAR)]),
    ],
)
def test_days_away_in_a_row(days, expected):
    assert found(run=Run(ago(days - 1), DAY)) == expected


def test_nobody_away_alerts_nobody():
    assert found(run=None) == []


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, []),
        (0, []),
        (1, [("ATT-1", Level.URGENT, Actor.HOMEROOM_TEACHER)]),
        (14, [("ATT-1", Level.URGENT, Actor.HOMEROOM_TEACHER)]),
        (15, [("ATT-1", Level.CANDIDATE, Actor.REGISTRAR)]),
    ],
)
def test_days_since_the_leave_ended(days, expected):
    assert found(leave_ended_on=ago(days)) == expected


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        (date(2025, 1, 25), []),
        (date(2025, 1, 24), [("ATT-2", Level.NOTICE, Actor.REGISTRAR)]),
        (date(2024, 11, 26), [("ATT-2", Level.NOTICE, Actor.REGISTRAR)]),
        (date(2024, 11, 25), [("ATT-2", Level.CANDIDATE, Actor.REGISTRAR)]),
    ],
)
def test_two_years_on_leave(since, expected):
    assert found(on_leave_since=since) == expected


def test_leave_that_began_on_the_29th_of_february_lasts_two_years():
    began = date(2024, 2, 29)

    before = alerts(Facts(day=date(2026, 2, 27), on_leave_since=began))
    after = alerts(Facts(day=date(2026, 2, 28), on_leave_since=began))

    assert [each.level for each in (*before, *after)] == [Level.NOTICE, Level.CANDIDATE]


def test_worst_counter_comes_first():
    assert [code for code, _level, _who in found(hours=31, hours_since=ago(60), run=Run(ago(20), DAY))] == [
        "ATT-4",
        "ATT-3",
    ]


def test_every_alert_names_its_article():
    everything = Facts(
        day=DAY, hours=90, run=Run(ago(15), DAY), leave_ended_on=ago(15), on_leave_since=date(2024, 1, 1)
    )

    assert {alert.code: alert.article for alert in alerts(everything)} == {
        "ATT-1": "22①",
        "ATT-2": "22②",
        "ATT-3": "22③",
        "ATT-4": "22④",
    }


@pytest.mark.parametrize(("day", "expected"), [(date(2028, 5, 5), True), (date(2028, 5, 6), False)])
def test_minor_until_the_eighteenth_birthday(day, expected):
    assert is_minor(date(2010, 5, 6), day) is expected
