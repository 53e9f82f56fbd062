"""From the marks of host and school to one grade: weights and levels are the school's, each from a day on."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from exchange.journals.limits import LIMITS, limit
from exchange.journals.models import Appraisal
from exchange.journals.values import Level

TENTH = Decimal("0.1")


class Grade(NamedTuple):
    """The grades of an appraisal as far as they are known; None while one side has not graded."""

    process: Decimal | None
    result: Decimal | None
    total: Decimal | None
    level: Level | None


def grade(appraisal: Appraisal, on: date) -> Grade:
    """What host and school together say, by the weights of the day on which the internship began."""
    host = limit("host_percent", on)
    process = _weighed(appraisal.host_process, appraisal.school_process, host)
    result = _weighed(appraisal.host_result, appraisal.school_result, host)
    total = _weighed(process, result, limit("process_percent", on))
    return Grade(process, result, total, None if total is None else level(total, on))


def level(total: Decimal, on: date) -> Level:
    """Excellent, good, pass or fail."""
    least = LIMITS.table("level_from", on=on)
    return next((each for each in Level if total >= least[each.value]), Level.FAIL)


def mark_of(chosen: Level, on: date) -> Decimal:
    """The mark that stands for a level where somebody chooses one: a mentor gives no points."""
    return Decimal(LIMITS.table("mark_of_level", on=on)[chosen.value])


def _weighed(first: Decimal | None, second: Decimal | None, percent: int) -> Decimal | None:
    if first is None or second is None:
        return None
    weighed = (first * percent + second * (100 - percent)) / 100
    return weighed.quantize(TENTH, ROUND_HALF_UP)
