"""Features above tell facts of placements: only when their step is asked, and for many at once."""

import pytest

from exchange.placements import sources
from exchange.placements.facts.document import Shift
from exchange.placements.facts.values import Step
from exchange.placements.record_facts import facts_of, facts_of_all
from tests.factories.placements import PlacementFactory


@pytest.fixture
def asked(monkeypatch):
    """The placements that a source of the daily step was asked for, call by call."""
    calls = []

    def source(placements):
        calls.append([each.id for each in placements])
        return {placements[0].id: {"shifts": (Shift(),)}}

    monkeypatch.setattr(sources, "_sources", [(Step.DAILY, source)])
    return calls


def test_a_source_of_the_daily_step_is_not_asked_before_the_first_day(db, asked):
    assert facts_of(PlacementFactory(), step=Step.START).shifts is None
    assert asked == []


@pytest.mark.parametrize("step", [Step.DAILY, Step.END, Step.ARCHIVE])
def test_it_is_asked_from_its_step_on(db, asked, step):
    assert facts_of(PlacementFactory(), step=step).shifts == (Shift(),)


def test_it_is_asked_once_for_all_and_whom_it_leaves_out_has_nothing_recorded(db, asked):
    first, second = PlacementFactory.create_batch(2)

    found = facts_of_all([first, second], step=Step.DAILY)

    assert asked == [[first.id, second.id]]
    assert (found[first.id].shifts, found[second.id].shifts) == ((Shift(),), None)
