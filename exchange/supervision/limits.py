"""What the law and the school ask of checks and incidents. The hours are the school's own: the law says "at once"."""

from datetime import date, datetime, timedelta
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.supervision.values import IncidentKind, Step

LIMITS = DatedValues(Path(__file__).parent / "limits.json")


def most_workdays(on: date) -> int:
    """How many workdays may pass without a check (article 23, INT-39)."""
    return LIMITS.number("workdays_without_a_check_at_most", on=on)


def steps_of(kind: IncidentKind, on: date) -> list[Step]:
    """What must be done, in order; after an injury also what article 36 asks for."""
    name = "steps_of_injury" if kind is IncidentKind.INJURY else "steps_of_others"
    wanted = LIMITS.codes(name, on=on)
    return [step for step in Step if step.value in wanted]


def deadline(step: Step, occurred_at: datetime) -> datetime:
    """The moment by which it must be done."""
    hours = LIMITS.table("hours_for_step", on=occurred_at.date())
    return occurred_at + timedelta(hours=hours[step.value])
