"""Each condition on both sides of its edge."""

from dataclasses import replace
from datetime import date

import pytest

from exchange.aid import conditions
from exchange.aid.amounts import packaged
from exchange.aid.conditions import Candidate, read, taken_apart, write
from exchange.core.rules import HOLDS, Outcome
from exchange.students.models import StudentStatus as Is

GIRL = Candidate(Is.REGISTERED, True, 1, "740104", "533103", True, frozenset({"TPH"}))


@pytest.mark.parametrize(
    ("name", "holding", "breaking"),
    [
        ("on_roll", {"status": Is.REGISTERED}, {"status": Is.ON_LEAVE}),
        ("on_roll", {"status": Is.REGISTERED}, {"status": None}),
        ("full_time", {"full_time": True}, {"full_time": False}),
        ("grade_1_or_2", {"grade": 2}, {"grade": 3}),
        ("grade_1_or_2", {"grade": 1}, {"grade": 0}),
        ("grade_1_to_3", {"grade": 3}, {"grade": 4}),
        ("agricultural_major", {"major": "610101"}, {"major": "620101"}),
        ("agricultural_major", {"major": "010100"}, {"major": "020100"}),
        ("poor", {"categories": frozenset({"JXKN"})}, {"categories": frozenset({"NONE"})}),
        ("poor", {"categories": frozenset({"DB", "NONE"})}, {"categories": frozenset()}),
        ("contiguous_area_rural", {"county": "533103"}, {"county": "533102"}),
        ("contiguous_area_rural", {"rural": True}, {"rural": False}),
        ("lifted_or_monitored", {"categories": frozenset({"JC_TFYZKN"})}, {"categories": frozenset({"DB"})}),
        ("lifted_or_monitored", {"categories": frozenset({"TPH"})}, {"categories": frozenset({"JDLK"})}),
        ("registered_poor", {"categories": frozenset({"JDLK"})}, {"categories": frozenset({"TPH"})}),
    ],
)
def test_condition_holds_on_one_side_and_breaks_on_the_other(name, holding, breaking):
    check = conditions.CONDITIONS[name].check

    assert check(replace(GIRL, **holding)) == HOLDS
    assert check(replace(GIRL, **breaking)).outcome is Outcome.BROKEN


@pytest.mark.parametrize(("name", "field"), [("full_time", "full_time"), ("contiguous_area_rural", "rural")])
def test_what_nobody_recorded_is_neither_met_nor_broken(name, field):
    assert conditions.CONDITIONS[name].check(replace(GIRL, **{field: None})).outcome is Outcome.NOT_RECORDED


def test_of_a_group_one_is_enough_and_all_groups_are_needed():
    text = "on_roll agricultural_major|poor"

    assert conditions.check(text, GIRL) == HOLDS
    assert conditions.check(text, replace(GIRL, status=Is.ON_LEAVE)) != HOLDS
    assert conditions.check(text, replace(GIRL, categories=frozenset())) != HOLDS


def test_reasons_and_shortfalls_are_said_in_words():
    text = "on_roll agricultural_major|poor"
    poorer = replace(GIRL, categories=frozenset(), status=Is.ON_LEAVE)

    assert [each.zh for each in conditions.reasons(text, GIRL)] == ["在读，不在休学期间", "家庭经济困难"]
    assert [each.zh for each in conditions.shortfalls(text, poorer)] == ["在读，不在休学期间", "涉农专业或家庭经济困难"]


def test_every_condition_names_its_source():
    assert [each.name for each in conditions.CONDITIONS.values() if not each.source] == []


@pytest.mark.parametrize(
    ("day", "grade"),
    [
        (date(2024, 8, 31), 0),
        (date(2024, 9, 1), 1),
        (date(2025, 8, 31), 1),
        (date(2025, 9, 1), 2),
        (date(2027, 8, 31), 3),
    ],
)
def test_grade_runs_from_september_to_august(day, grade):
    assert conditions.grade_on(2024, day) == grade


@pytest.mark.parametrize("row", packaged(), ids=lambda row: f"{row.kind}-{row.begins_on}")
def test_form_writes_what_the_package_brings(row):
    assert write(*taken_apart(row.condition)) == row.condition


@pytest.mark.parametrize(
    ("must", "either", "written"),
    [
        ([], [], ""),
        (["full_time", "on_roll"], [], "on_roll full_time"),
        ([], ["poor"], "poor"),
        (["on_roll"], ["poor", "agricultural_major"], "on_roll agricultural_major|poor"),
    ],
)
def test_ticks_are_written_as_they_are_read(must, either, written):
    assert write(must, either) == written
    assert [[each.name for each in group] for group in read(written)] == [group.split("|") for group in written.split()]
