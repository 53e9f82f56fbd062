"""The numbers of the school on attendance, each from the day on which it holds, and which lesson it is by the clock."""

from datetime import date, datetime
from pathlib import Path

from exchange.attendance.spans import EVENING, Moment
from exchange.core.database import SCHOOL_TIME
from exchange.core.dated_values import DatedValues

LIMITS = DatedValues(Path(__file__).parent / "limits.json")


def limit(name: str, on: date) -> int:
    """The number that holds on that day."""
    return LIMITS.number(name, on=on)


def moment_at(time: datetime) -> Moment:
    """The place of the day by the clock of the school: the lesson that has begun last, before it the morning."""
    local = time.astimezone(SCHOOL_TIME)
    clock, day = f"{local:%H:%M}", local.date()
    if clock >= max(LIMITS.codes("evening_begins", on=day)):
        return Moment(day, EVENING)
    return Moment(day, sum(begins <= clock for begins in LIMITS.codes("lesson_begins", on=day)))
