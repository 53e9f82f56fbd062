"""The conditions that several rules share: what is recorded, what came in time, how old somebody is."""

from datetime import date

from exchange.core.rules import HOLDS, Message, Verdict, broken, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import InternshipKind
from exchange.placements.rules.limits import number
from exchange.placements.rules.unknown import UNKNOWN


def is_known(value: object, path: str) -> Verdict:
    """A value without which nothing can be decided."""
    return not_recorded(path, message=UNKNOWN[path]) if value is None else HOLDS


def is_true(flag: bool | None, path: str, message: Message) -> Verdict:
    """Something that somebody has to say yes to."""
    if flag is None:
        return not_recorded(path, message=message)
    return HOLDS if flag else broken(path, message=message)


def is_filled(text: str | None, path: str, message: Message) -> Verdict:
    """A text that must not be empty."""
    return HOLDS if text else not_recorded(path, message=message)


def start_is_known(facts: Facts) -> Verdict:
    return is_known(facts.placement.start, "placement.start")


def is_cognitive(facts: Facts) -> Verdict:
    """What the law asks of post internships does not concern a visit."""
    if facts.placement.kind is None:
        return is_known(None, "placement.kind")
    return HOLDS if facts.placement.kind is InternshipKind.COGNITIVE else broken()


def is_adult(facts: Facts) -> Verdict:
    """Of age on the first day."""
    birth_date, start = facts.student.birth_date, facts.placement.start
    if birth_date is None or start is None:
        return every(is_known(birth_date, "student.birth_date"), start_is_known(facts))
    return HOLDS if has_reached(birth_date, number("minor_below_age", on=start), on=start) else broken()


def by_start(facts: Facts, day: date | None, path: str, message: Message) -> Verdict:
    """Done on the first day at the latest; an unknown first day is for ``start_is_known`` to say."""
    if day is None:
        return not_recorded(path, message=message)
    start = facts.placement.start
    return broken(path, message=_late(message)) if start and day > start else HOLDS


def before_start(facts: Facts, day: date | None, path: str, message: Message) -> Verdict:
    """Done on the day before the first at the latest: the law says "in advance"."""
    if day is None:
        return not_recorded(path, message=message)
    start = facts.placement.start
    return broken(path, message=_late(message)) if start and day >= start else HOLDS


def has_reached(birth_date: date, age: int, *, on: date) -> bool:
    """Of that age on that day; who was born on 29 February is a year older on 1 March of a common year."""
    return _parts(on) >= (birth_date.year + age, birth_date.month, birth_date.day)


def is_past_birthday(birth_date: date, age: int, *, on: date) -> bool:
    """The day after the birthday has come: 周岁 is counted from then, the strict reading."""
    return _parts(on) > (birth_date.year + age, birth_date.month, birth_date.day)


def _parts(day: date) -> tuple[int, int, int]:
    """Compared as numbers, so that no sum leaves the calendar."""
    return day.year, day.month, day.day


def _late(message: Message) -> Message:
    return Message(f"{message.zh}（登记的日期过晚）", f"{message.en} (the recorded date is too late)")
