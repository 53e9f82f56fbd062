"""What time it is, for the records and at the school."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SCHOOL_TIME = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day it is at the school."""
    return datetime.now(SCHOOL_TIME).date()
