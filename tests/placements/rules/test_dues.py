import pytest

from exchange.placements.facts.values import Step
from tests.placements.documents import found, missing

DEPOSIT, FREE = {"kind": "DEPOSIT", "amount": 300}, {"kind": "MATERIAL", "amount": 0}


@pytest.mark.parametrize(
    ("fees", "found_rule"),
    [
        ([], None),
        ([FREE], None),
        ([FREE, DEPOSIT], ["fees[1].amount"]),
        ([{"kind": "TRAINING", "amount": 0.01}], ["fees[0].amount"]),
        ([{"kind": "TRAINING", "amount": None}], ["fees[0].amount"]),
        ([{"amount": 5}], ["fees[0].amount"]),
        (None, ["fees"]),
    ],
)
def test_nothing_is_charged(fees, found_rule):
    assert missing("INT-36", {"fees": fees}) == found_rule


@pytest.mark.parametrize(
    ("changes", "found_rule"),
    [
        ({"documents_withheld": []}, None),
        ({"documents_withheld": ["RESIDENT_ID"]}, ["documents_withheld"]),
        ({"documents_withheld": None}, ["documents_withheld"]),
        ({"guarantees": ["交纳保证金承诺书"]}, ["guarantees"]),
        ({"guarantees": None}, ["guarantees"]),
        ({"guarantees": None, "documents_withheld": ["OTHER"]}, ["documents_withheld", "guarantees"]),
    ],
)
def test_nothing_is_withheld(changes, found_rule):
    assert missing("INT-37", changes) == found_rule


@pytest.mark.parametrize("step", Step)
def test_dues_are_asked_for_at_every_step(step):
    taken = {"step": step.value, "fees": [DEPOSIT], "guarantees": ["担保书"]}

    assert found(taken) == {"INT-36": ["fees[0].amount"], "INT-37": ["guarantees"]}
