"""The fold over orders: any order of entering, dating and taking back leads to the same history."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from exchange.orders.kinds import KINDS, OrderKind
from exchange.orders.sequence import Contradiction, Step, after, before, follow
from exchange.students.history import State
from exchange.students.models import StudentStatus as Is

ENTRY = date(2026, 9, 1)
START = State(Is.REGISTERED, 1)
CHANGING = sorted(kind for kind, spec in KINDS.items() if spec.changes_state)


@st.composite
def valid_steps(draw):
    """Orders that fit one after the other, each on a later day or on the same."""
    steps, state, day = [], START, ENTRY
    for serial in range(draw(st.integers(0, 8))):
        possible = [kind for kind in CHANGING if state.status in KINDS[kind].sources]
        if not possible:
            break
        day += timedelta(days=draw(st.integers(0, 200)))
        step = Step(day, serial, draw(st.sampled_from(possible)), draw(st.integers(1, 4)))
        steps.append(step)
        state = after(state, step)
    return steps


@given(valid_steps(), st.randoms())
def test_history_does_not_depend_on_the_order_of_entering(steps, random):
    shuffled = random.sample(steps, len(steps))

    assert follow(ENTRY, START, shuffled) == follow(ENTRY, START, steps)


@given(valid_steps(), st.randoms())
def test_cancelling_everything_in_any_permitted_order_returns_to_the_start(steps, random):
    standing = list(steps)
    while standing:
        cancellable = []
        for step in standing:
            rest = [each for each in standing if each != step]
            try:
                follow(ENTRY, START, rest)
            except Contradiction:
                continue
            cancellable.append(step)
        assert cancellable, "the last order can always be cancelled"
        standing.remove(random.choice(cancellable))

    assert follow(ENTRY, START, standing) == follow(ENTRY, START, [])


@given(valid_steps())
def test_cancelling_the_last_order_gives_the_state_before_it(steps):
    assume(steps)
    last = max(steps)

    assert follow(ENTRY, START, [step for step in steps if step != last])[-1].state == before(ENTRY, START, steps, last)


@given(valid_steps())
def test_nothing_follows_a_final_status_but_the_exchange_of_the_diploma(steps):
    for step, following in pairwise(steps):
        state = before(ENTRY, START, steps, following)
        assert state.is_on_roll or following.kind is OrderKind.DIPLOMA_EXCHANGE, step


@pytest.mark.parametrize(
    "steps",
    [
        [Step(ENTRY, 1, OrderKind.RESUMPTION)],
        [Step(ENTRY - timedelta(days=1), 1, OrderKind.LEAVE)],
        [Step(ENTRY, 1, OrderKind.WITHDRAWAL), Step(ENTRY, 2, OrderKind.LEAVE)],
        [Step(ENTRY, 2, OrderKind.LEAVE), Step(ENTRY, 1, OrderKind.RESUMPTION)],
    ],
)
def test_a_step_that_the_state_does_not_allow_is_a_contradiction(steps):
    with pytest.raises(Contradiction):
        follow(ENTRY, START, steps)


def test_a_class_stays_where_the_kind_does_not_move_it():
    assert after(State(Is.REGISTERED, 1), Step(ENTRY, 1, OrderKind.LEAVE, 9)) == State(Is.ON_LEAVE, 1)
    assert after(State(Is.ON_LEAVE, 1), Step(ENTRY, 1, OrderKind.RESUMPTION, 9)) == State(Is.REGISTERED, 9)
