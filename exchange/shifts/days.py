"""A plan day by day, as a page shows it: what kind of day it is and what the law has to say of its shift, in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from exchange.core.i18n import _
from exchange.core.rules import HOLDS
from exchange.core.templating import format_number
from exchange.placements.facts import Facts
from exchange.placements.facts.document import Shift
from exchange.placements.facts.values import ExceptionScope
from exchange.placements.rules.exceptions import is_filed
from exchange.placements.rules.limits import number
from exchange.placements.rules.shifts import is_permitted
from exchange.placements.rules.working_time import is_at_night, minutes_of
from exchange.reference.calendar import DayKind, day_kind, day_name
from exchange.shifts.pattern import days_between

BLOCKED, FILED, QUIET = "blocked", "warning", "info"
HOUR = 60


class Note(NamedTuple):
    """What is to be said of a day; the tone is that of the tags: forbidden, allowed by a filing, or for information."""

    tone: str
    words: str


@dataclass
class Day:
    """A day of the month with its shift and notes; outside of the placement nothing can be planned."""

    on: date
    shift: Shift | None
    is_outside: bool
    notes: list[Note] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """The gravest of its notes; a working day without any is done, a free one plain."""
        tones = {note.tone for note in self.notes}
        return next((tone for tone in (BLOCKED, FILED) if tone in tones), "done" if self.shift else "")

    @property
    def hours(self) -> str:
        """Working time without the break, in hours."""
        return format_number(round(minutes_of(self.shift).least / HOUR, 2)) if self.shift else ""


class Review:
    """The shifts of one placement against calendar and law; facts say what is filed and how old the student is."""

    def __init__(self, facts: Facts, shifts: Sequence[Shift]) -> None:
        self.facts = facts
        self.shifts = {each.date_: each for each in shifts if each.date_}
        self.on = facts.placement.start
        self._allowed = {scope: self._is_allowed(scope) for scope in ExceptionScope}

    def month(self, first: date, last: date) -> list[Day]:
        """Every day from first to last."""
        return [self._day(day) for day in days_between(first, last)]

    def _day(self, day: date) -> Day:
        starts, ends = self.facts.placement.start or day, self.facts.placement.end or day
        shown = Day(day, self.shifts.get(day), is_outside=not starts <= day <= ends)
        shown.notes += self._of_calendar(day, shown.shift)
        if shown.shift:
            shown.notes += self._of_hours(day, shown.shift)
        return shown

    def _of_calendar(self, day: date, shift: Shift | None) -> list[Note]:
        kind, name = day_kind(day), day_name(day)
        if kind is DayKind.WORKDAY:
            return [Note(QUIET, str(_("调休上班日")))] if day.weekday() >= 5 else []
        words = name or str(_("休息日"))
        if shift is None:
            return [Note(QUIET, words)]
        scope = ExceptionScope.HOLIDAY if kind is DayKind.HOLIDAY else ExceptionScope.REST_DAY
        return [self._judged(scope, _("%(day)s上班", day=words))]

    def _of_hours(self, day: date, shift: Shift) -> list[Note]:
        notes = []
        if minutes_of(shift).least > number("hours_per_day_at_most", on=self.on) * HOUR:
            most = number("hours_per_day_at_most", on=self.on)
            notes.append(self._judged(ExceptionScope.OVERTIME, _("一天超过 %(most)s 小时", most=most)))
        week = self._minutes_of_week(day)
        if week > number("hours_per_week_at_most", on=self.on) * HOUR:
            words = _("这一周共 %(hours)s 小时", hours=format_number(round(week / HOUR, 2)))
            notes.append(self._judged(ExceptionScope.OVERTIME, words))
        night = number("night_from_hour", on=self.on), number("night_until_hour", on=self.on)
        if is_at_night(shift, *night):
            notes.append(self._judged(ExceptionScope.NIGHT, _("夜班")))
        if (days := self._days_in_a_row(day)) > number("days_in_a_row_at_most", on=self.on):
            notes.append(Note(BLOCKED, str(_("连续第 %(days)s 天上班", days=days))))
        return notes

    def _judged(self, scope: ExceptionScope, words: str) -> Note:
        if self._allowed[scope]:
            return Note(FILED, str(_("%(what)s（已备案）", what=words)))
        return Note(BLOCKED, str(words))

    def _is_allowed(self, scope: ExceptionScope) -> bool:
        """Whether a filing in advance opens it; overtime and nights of minors are opened by none."""
        asked = is_permitted if scope in (ExceptionScope.OVERTIME, ExceptionScope.NIGHT) else is_filed
        return asked(self.facts, scope) == HOLDS

    def _minutes_of_week(self, day: date) -> int:
        monday = day - timedelta(days=day.weekday())
        week = (self.shifts.get(monday + timedelta(days=number)) for number in range(7))
        return sum(minutes_of(shift).least for shift in week if shift)

    def _days_in_a_row(self, day: date) -> int:
        days = 1
        while day - timedelta(days=days) in self.shifts:
            days += 1
        return days
