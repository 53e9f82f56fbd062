"""The conditions that several rules share: what was done in time, how old somebody is, how long something lasted."""

from exchange.core.rules import HOLDS, Message, Verdict, broken, not_recorded
from exchange.orders.facts import Facts
from exchange.orders.rules.books import LIMITS
from exchange.students.authority import birthday

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
    age = LIMITS.number("minor_below_age", on=facts.effective_on)
    return birthday(facts.birth_date, age) <= facts.effective_on
