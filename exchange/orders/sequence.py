"""From the orders of a student to the periods of the record: each order changes the state that the ones before left.

The state of a day is a fold over the standing orders up to that day. Cancelling an order means folding without it, so
it does not matter in which order things were entered, dated or taken back.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from exchange.orders.kinds import KINDS, OrderKind
from exchange.students.history import Span, State


class Step(NamedTuple):
    """One order as it concerns one student; ``serial`` tells two of the same day apart."""

    effective_on: date
    serial: int
    kind: OrderKind
    to_class_id: int | None = None


class Contradiction(Exception):
    """A step that the state before it does not allow."""

    def __init__(self, step: Step, state: State) -> None:
        super().__init__(f"{step.kind} from {state.status}")
        self.step = step
        self.state = state


def follow(enrolled_on: date, start: State, steps: Iterable[Step]) -> list[Span]:
    """The periods that the steps lead to, the first from the day of enrolment on.

    Raises ``Contradiction`` at the first step that starts from a wrong status or lies before the enrolment.
    """
    spans = [Span(enrolled_on, start)]
    for step in sorted(steps):
        state = spans[-1].state
        if step.effective_on < enrolled_on or state.status not in KINDS[step.kind].sources:
            raise Contradiction(step, state)
        spans.append(Span(step.effective_on, after(state, step)))
    return spans


def after(state: State, step: Step) -> State:
    """The state that the step leaves."""
    kind = KINDS[step.kind]
    moves = kind.moves_class and step.to_class_id is not None
    return State(kind.status or state.status, step.to_class_id if moves and step.to_class_id else state.school_class_id)


def before(enrolled_on: date, start: State, steps: Iterable[Step], step: Step) -> State:
    """The state that the step finds."""
    return follow(enrolled_on, start, [each for each in steps if each < step])[-1].state
