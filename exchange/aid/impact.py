"""What a change of status asks of running grants: former state, new state and grants in, tasks out."""

from collections.abc import Iterable
from typing import NamedTuple

from exchange.aid.values import BY_COUNTY, AidKind, Step
from exchange.students.models import StudentStatus as Is

GONE = frozenset({Is.WITHDRAWN, Is.LOST, Is.GRADUATED, Is.COMPLETED, Is.TRANSFERRED, Is.DECEASED, Is.EXPELLED})


class Task(NamedTuple):
    """One thing to do for one kind of aid."""

    step: Step
    kind: AidKind


def tasks_for(former: Is, new: Is, running: Iterable[AidKind]) -> list[Task]:
    """Leave suspends, leaving stops, coming back resumes; whom the home county pays, it has to be told as well.

    The county can only be told: its grants are its own to suspend and to stop.
    """
    step = step_for(former, new)
    if step is None:
        return []
    return [Task(Step.TELL_COUNTY if kind in BY_COUNTY else step, kind) for kind in sorted(set(running))]


def step_for(former: Is, new: Is) -> Step | None:
    """What happens to the grants."""
    if former == new:
        return None
    if new in GONE:
        return Step.STOP
    if new is Is.ON_LEAVE:
        return Step.SUSPEND
    return Step.RESUME
