"""The school's own limits on intake and registration, and the days that follow from them."""

from datetime import date, timedelta
from pathlib import Path

from exchange.core.dated_values import DatedValues
from exchange.core.periods import months_after, months_before

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of an intake
LIMITS = DatedValues(Path(__file__).with_name("limits.json"))


def last_day_to_arrive(expected_on: date) -> date:
    """Until when somebody who was expected that day may still come without losing the place."""
    return expected_on + timedelta(days=LIMITS.number("arrival_grace_days", on=expected_on))


def forgotten_before(day: date) -> date:
    """Who was turned down before this day is forgotten on ``day``."""
    return months_before(day, LIMITS.number("not_taken_kept_months", on=day))


def term_registration_ends(starts_on: date) -> date:
    """The last day to register for the term."""
    return months_after(starts_on, LIMITS.number("term_registration_months", on=starts_on)) - timedelta(days=1)
