"""The four triggers of 劝其退学 in the registry rules of Zhejiang, article 22, and the warnings before them.

One function per trigger: what is counted against its number, and who must act now. A candidate is somebody about whom
people must decide; nothing here withdraws anybody, and minors may not be ordered to leave at all.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _
from exchange.core.periods import months_after
from exchange.orders.rules.books import ZHEJIANG
from exchange.students.authority import birthday
from exchange.welfare.rules.counting import Run
from exchange.welfare.rules.limits import limit, steps
from exchange.welfare.rules.triggers import TriggerBook

ATTRITION = TriggerBook("attrition", ZHEJIANG, [])


class Level(LabelledEnum):
    """How near the trigger is, the nearest first."""

    CANDIDATE = "candidate", _("待决定")
    URGENT = "urgent", _("马上处理")
    WARNING = "warning", _("预警")
    NOTICE = "notice", _("留意")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        tones = {Level.CANDIDATE: "blocked", Level.URGENT: "blocked", Level.WARNING: "warning", Level.NOTICE: "info"}
        return tones[self]


class Actor(LabelledEnum):
    """Who must act."""

    HOMEROOM_TEACHER = "homeroom_teacher", _("班主任")
    REGISTRAR = "registrar", _("学籍管理员")


WEIGHT = {level: number for number, level in enumerate(Level)}


@dataclass(frozen=True)
class Facts:
    """What is known of one student on one day."""

    day: date
    hours: int = 0  # missed without leave in this term
    hours_since: date | None = None
    run: Run | None = None  # days away without leave that last until today
    leave_ended_on: date | None = None  # the last day of a leave of absence from which the student is not back
    on_leave_since: date | None = None


class Reading(NamedTuple):
    """A counter that has reached a number: the figure, since when, and who must do what."""

    level: Level
    figure: Any
    since: date
    who: Actor
    duty: Any


@dataclass(frozen=True)
class Alert:
    """What a counter has reached, and the rule that counts."""

    code: str
    article: str
    level: Level
    figure: Any
    since: date
    who: Actor
    duty: Any

    @property
    def order(self) -> tuple[int, date]:
        return WEIGHT[self.level], self.since


def alerts(facts: Facts) -> list[Alert]:
    """Every counter that has reached a number, the worst first."""
    readings = [(rule, reading) for rule in ATTRITION.own if (reading := rule.check(facts))]
    found = [Alert(rule.code, rule.article, *reading) for rule, reading in readings]
    return sorted(found, key=lambda alert: alert.order)


def is_minor(birth_date: date, day: date) -> bool:
    """Below eighteen on that day."""
    return day < birthday(birth_date, limit("minor_below_age", day))


@ATTRITION.trigger(
    "ATT-1",
    "22①",
    "休学期满两周内办理复学",
    "Who was on leave is back within two weeks after it ends",
    limits=("days_after_leave_allowed",),
)
def came_back_from_leave(facts: Facts) -> Reading | None:
    """The leave is over, and two weeks later the student is not back."""
    if facts.leave_ended_on is None or facts.day <= facts.leave_ended_on:
        return None
    days, allowed = (facts.day - facts.leave_ended_on).days, limit("days_after_leave_allowed", facts.day)
    figure = _("休学期满 %(days)s 天，没有复学", days=days)
    since = facts.leave_ended_on + timedelta(days=1)
    if days > allowed:
        return Reading(Level.CANDIDATE, figure, since, Actor.REGISTRAR, DECIDE)
    duty = _("联系监护人，办复学；还剩 %(days)s 天", days=allowed - days)
    return Reading(Level.URGENT, figure, since, Actor.HOMEROOM_TEACHER, duty)


@ATTRITION.trigger(
    "ATT-2",
    "22②",
    "连续休学不满两年",
    "Nobody is on leave for two years without a break",
    limits=("years_on_leave", "days_warned_before_two_years"),
)
def is_on_leave_for_less_than_two_years(facts: Facts) -> Reading | None:
    """On leave for two years without a break."""
    since = facts.on_leave_since
    if since is None:
        return None
    end = months_after(since, 12 * limit("years_on_leave", facts.day))
    if facts.day >= end:
        return Reading(Level.CANDIDATE, _("连续休学满两年"), since, Actor.REGISTRAR, DECIDE)
    left = (end - facts.day).days
    if left > limit("days_warned_before_two_years", facts.day):
        return None
    figure = _("连续休学，再过 %(days)s 天满两年", days=left)
    duty = _("问监护人能不能复学")
    return Reading(Level.NOTICE, figure, since, Actor.REGISTRAR, duty)


@ATTRITION.trigger(
    "ATT-3",
    "22③",
    "一学期旷课累计不到90课时",
    "Less than 90 class hours are missed without leave in a term",
    limits=("unexcused_hours_candidate", "unexcused_hours_warned"),
)
def misses_few_hours(facts: Facts) -> Reading | None:
    """Class hours missed without leave in one term."""
    since = facts.hours_since or facts.day
    figure = _("本学期旷课 %(hours)s 课时", hours=facts.hours)
    if facts.hours >= limit("unexcused_hours_candidate", facts.day):
        return Reading(Level.CANDIDATE, figure, since, Actor.REGISTRAR, DECIDE)
    reached = sum(facts.hours >= step for step in steps("unexcused_hours_warned", facts.day))
    if reached == 0:
        return None
    level, who, duty = HOURS_DUTIES[min(reached, len(HOURS_DUTIES)) - 1]
    return Reading(level, figure, since, who, duty)


@ATTRITION.trigger(
    "ATT-4",
    "22④",
    "没有请假连续不在校不超过两周",
    "Nobody is away without leave for more than two weeks in a row",
    limits=("days_away_warned", "days_away_allowed"),
)
def is_away_for_few_days(facts: Facts) -> Reading | None:
    """Left without permission for more than two weeks in a row."""
    if facts.run is None or facts.run.days < limit("days_away_warned", facts.day):
        return None
    days, allowed = facts.run.days, limit("days_away_allowed", facts.day)
    figure = _("连续 %(days)s 天不在校，没有请假", days=days)
    if days > allowed:
        return Reading(Level.CANDIDATE, figure, facts.run.first, Actor.REGISTRAR, DECIDE)
    duty = _("今天打电话给监护人，问清人在哪里")
    return Reading(Level.URGENT, figure, facts.run.first, Actor.HOMEROOM_TEACHER, duty)


DECIDE = _("书面通知监护人；联系不上就公告，再由学校决定")
HOURS_DUTIES = (
    (Level.NOTICE, Actor.HOMEROOM_TEACHER, _("找学生谈话")),
    (Level.WARNING, Actor.HOMEROOM_TEACHER, _("打电话给监护人")),
    (Level.URGENT, Actor.REGISTRAR, _("书面通知监护人")),
)
