"""The conditions that several rules share: what was done in time, how old somebody is, how long something lasted."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Verdict, broken, not_recorded
from exchange.orders.facts import Facts
from exchange.orders.rules.books import LIMITS

NOT_YET = Message("登记的日期晚于生效日期", "the recorded date is after the day on which the order takes effect")


def done(facts: Facts, name: str) -> Verdict:
    """The evidence of this name is recorded, and from the day of the order or before."""
    day = getattr(facts.evidence, name)
    if day is None:
        return not_recorded(name)
    return broken(name, message=NOT_YET) if day > facts.effective_on else HOLDS


def stated(facts: Facts, name: str) -> Verdict:
    """Something is recorded under this name."""
    return HOLDS if getattr(facts.evidence, name) is not None else not_recorded(name)


def is_adult(facts: Facts) -> bool:
    """成年 on the day on which the order takes effect."""
    return months_after(facts.birth_date, 12 * LIMITS.number("minor_below_age", on=facts.effective_on)) <= (
        facts.effective_on
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later; where that month is shorter, the first of the next."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(year * 12 + month + 1, 12)
        return date(year, month + 1, 1)
