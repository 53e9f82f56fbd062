"""When an arrival that nobody has confirmed, or a student who is not back, becomes somebody's task."""

from datetime import date, datetime, timedelta

from exchange.core.database import SCHOOL_TIME
from exchange.welfare.rules.limits import limit
from exchange.welfare.rules.triggers import SCHOOL, TriggerBook

TRAVEL = TriggerBook("travel", SCHOOL, [])


@TRAVEL.trigger(
    "TRV-1",
    "",
    "到家一天内报平安",
    "An arrival is confirmed within a day",
    limits=("hours_until_arrival_is_missed",),
)
def is_missed(arrives_at: datetime, moment: datetime) -> bool:
    """Whether the arrival should have been confirmed by now."""
    return moment >= missed_from(arrives_at)


def missed_from(arrives_at: datetime) -> datetime:
    """From when on an unconfirmed arrival stands on top."""
    hours = limit("hours_until_arrival_is_missed", arrives_at.astimezone(SCHOOL_TIME).date())
    return arrives_at + timedelta(hours=hours)


@TRAVEL.trigger(
    "TRV-2",
    "",
    "返校晚到不超过三天",
    "Nobody is back more than three days late",
    limits=("days_of_late_return",),
)
def is_late(back_on: date, day: date) -> bool:
    """Whether who is not back yet, or came back on that day, is late by more than the days allowed."""
    return (day - back_on).days > limit("days_of_late_return", day)
