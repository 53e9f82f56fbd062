"""The shift plan against the calendar: rest days, holidays, hours, nights and the day of rest in every week."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from exchange.core.rules import HOLDS, Message, Severity, Verdict, broken, either, every, not_recorded
from exchange.placements.facts import Facts
from exchange.placements.facts.values import ExceptionScope
from exchange.placements.rules.books import DAILY, LABOUR_LAW, N01
from exchange.placements.rules.conditions import is_adult
from exchange.placements.rules.exceptions import is_filed
from exchange.placements.rules.limits import number
from exchange.placements.rules.working_time import Minutes, gaps, is_at_night, minutes_of
from exchange.reference.calendar import DayKind, day_kind, day_name

Day = TypeVar("Day", date, int)

NO_SHIFTS = Message("未登记排班", "The shifts are not recorded")
INCOMPLETE = Message("排班登记不全", "The record of the shifts is not complete")
ON_REST_DAY = Message("在休息日安排实习", "Work on a rest day")
ON_HOLIDAY = Message("在法定节假日安排实习", "Work on a statutory holiday")
OVERTIME = Message("安排加班", "Overtime")
FULL_WEEK = Message("一周的工时超过上限，从周一算起", "More hours in a week than allowed, counted from Monday")
AT_NIGHT = Message("安排夜班", "Work at night")
MINOR = Message(
    "未成年学生不得加班、上夜班（学校规定，备案也不行）", "Minors never work overtime or nights, filed or not"
)
SHOWN = 3  # days named in one sentence


@DAILY.rule(
    "INT-30",
    Severity.BLOCK,
    article="17(2)",
    regulation=N01,
    statement=Message(
        "不安排学生在休息日、法定节假日实习，除非事先备案",
        "No work on rest days and statutory holidays unless it was filed in advance",
    ),
    message=Message("在休息日或法定节假日安排实习", "Work on a rest day or statutory holiday"),
)
def days_off_are_free(facts: Facts) -> Verdict:
    return every(
        either(_no_shift_on(facts, DayKind.HOLIDAY, ON_HOLIDAY), is_filed(facts, ExceptionScope.HOLIDAY)),
        either(_no_shift_on(facts, DayKind.REST_DAY, ON_REST_DAY), is_filed(facts, ExceptionScope.REST_DAY)),
    )


def _no_shift_on(facts: Facts, kind: DayKind, message: Message) -> Verdict:
    if facts.shifts is None:
        return not_recorded("shifts", message=NO_SHIFTS)
    days = sorted({each.date_ for each in facts.shifts if each.date_ and day_kind(each.date_) is kind})
    if days:
        return broken(message=_on(message, days))
    return _complete(gaps(facts.shifts, "date"))


@DAILY.rule(
    "INT-31",
    Severity.BLOCK,
    article="17(3)",
    regulation=N01,
    statement=Message(
        "不安排学生加班和上夜班，除非事先备案；未成年学生一律不安排",
        "No overtime and no night work unless it was filed in advance; never for minors",
    ),
    message=Message("安排加班或夜班", "Overtime or night work"),
    limits=(
        "hours_per_day_at_most",
        "hours_per_week_at_most",
        "night_from_hour",
        "night_until_hour",
        "minors_never_work_overtime_or_nights",
    ),
)
def hours_are_kept(facts: Facts) -> Verdict:
    return every(
        either(_no_overtime(facts), is_permitted(facts, ExceptionScope.OVERTIME)),
        either(_no_night_work(facts), is_permitted(facts, ExceptionScope.NIGHT)),
    )


def is_permitted(facts: Facts, scope: ExceptionScope) -> Verdict:
    """On file in advance and, as the school has it, of age on the first day."""
    if not number("minors_never_work_overtime_or_nights", on=facts.placement.start):
        return is_filed(facts, scope)
    adult = is_adult(facts)
    if adult == broken():
        return broken(message=MINOR)
    return every(is_filed(facts, scope), adult)


def _no_overtime(facts: Facts) -> Verdict:
    """At most so many hours a day and from Monday to Sunday; a shift belongs to its date, breaks do not count."""
    if facts.shifts is None:
        return not_recorded("shifts", message=NO_SHIFTS)
    on = facts.placement.start
    daily, weekly = number("hours_per_day_at_most", on=on), number("hours_per_week_at_most", on=on)
    days = _sums((each.date_, minutes_of(each)) for each in facts.shifts if each.date_)
    weeks = _sums((_monday(day), worked) for day, worked in days.items())
    too_long = sorted(day for day, worked in days.items() if worked.least > daily * 60)
    if too_long:
        return broken(message=_on(OVERTIME, too_long))
    too_full = sorted(date.fromordinal(week) for week, worked in weeks.items() if worked.least > weekly * 60)
    if too_full:
        return broken(message=_on(FULL_WEEK, too_full))
    is_open = any(worked.most > daily * 60 for worked in days.values())
    is_open = is_open or any(worked.most > weekly * 60 for worked in weeks.values())
    if is_open or gaps(facts.shifts, "date"):
        return _complete(gaps(facts.shifts, "date", "start", "end", "break_minutes"))
    return HOLDS


def _sums(worked: Iterable[tuple[Day, Minutes]]) -> dict[Day, Minutes]:
    """The minutes at least and at most, by day or week."""
    sums: dict[Day, Minutes] = {}
    for key, minutes in worked:
        former = sums.get(key)
        sums[key] = Minutes(former.least + minutes.least, former.most + minutes.most) if former else minutes
    return sums


def _monday(day: date) -> int:
    """The week of a day, by the number of its Monday."""
    return day.toordinal() - day.weekday()


def _no_night_work(facts: Facts) -> Verdict:
    if facts.shifts is None:
        return not_recorded("shifts", message=NO_SHIFTS)
    on = facts.placement.start
    night = number("night_from_hour", on=on), number("night_until_hour", on=on)
    verdicts = [is_at_night(shift, *night) for shift in facts.shifts]
    nights = [shift for shift, found in zip(facts.shifts, verdicts, strict=True) if found]
    if nights:
        return broken(message=_on(AT_NIGHT, sorted({each.date_ for each in nights if each.date_})))
    if None in verdicts:
        return _complete(gaps(facts.shifts, "start", "end"))
    return HOLDS


@DAILY.rule(
    "INT-32",
    Severity.BLOCK,
    article="38",
    regulation=LABOUR_LAW,
    statement=Message("每周至少休息一日，备案也不例外", "At least one day of rest in every week, whatever is on file"),
    message=Message("连续七天没有休息", "Seven days in a row without a day of rest"),
    limits=("days_in_a_row_at_most",),
)
def every_week_has_a_day_of_rest(facts: Facts) -> Verdict:
    if facts.shifts is None:
        return not_recorded("shifts", message=NO_SHIFTS)
    most = number("days_in_a_row_at_most", on=facts.placement.start)
    days = sorted({each.date_.toordinal() for each in facts.shifts if each.date_})
    full = [days[first] for first in range(len(days) - most) if days[first + most] == days[first] + most]
    if full:
        since = date.fromordinal(full[0])
        return broken(
            message=Message(f"自 {since} 起连续七天没有休息", f"Seven days in a row without rest from {since} on")
        )
    undated = gaps(facts.shifts, "date")
    return _complete(undated) if len(days) + len(undated) > most else HOLDS


def _complete(missing: list[str]) -> Verdict:
    return not_recorded(*missing, message=INCOMPLETE) if missing else HOLDS


def _on(message: Message, days: list[date]) -> Message:
    """The sentence with the first days it is about."""
    if not days:
        return message
    named = [f"{day} {day_name(day)}".strip() for day in days[:SHOWN]]
    zh, en = "、".join(named), ", ".join(str(day) for day in days[:SHOWN])
    if len(days) > SHOWN:
        zh, en = f"{zh} 等 {len(days)} 天", f"{en} and others, {len(days)} days"
    return Message(f"{message.zh}（{zh}）", f"{message.en} ({en})")
