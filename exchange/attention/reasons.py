"""Why a student needs attention: one function per reason, which gives a sentence or nothing.

From how much on something is a reason, the school decides; the numbers stand in ``limits.json`` with the day from which
they hold. What is counted towards the two-week and the 90-hour rule, ``welfare.rules.attrition`` says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from exchange.core.dated_values import DatedValues
from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _, listed
from exchange.core.templating import format_number
from exchange.welfare.rules.attrition import Alert
from exchange.welfare.rules.limits import limit as welfare_limit

LIMITS = DatedValues(Path(__file__).with_name("limits.json"))


class ReasonKind(LabelledEnum):
    """In the order in which a student's reasons are told."""

    AWAY = "away", _("不在校，没有请假")
    LEAVE = "leave", _("休学没有回来")
    HOURS = "hours", _("旷课多")
    FAILED = "failed", _("几门课不及格")
    UNMARKED = "unmarked", _("几门课没有成绩")
    CREDITS = "credits", _("学分差得多")
    CONDUCT = "conduct", _("操行不合格")
    TALK = "talk", _("很久没有谈话")


@dataclass(frozen=True)
class Facts:
    """What is known of one student on one day."""

    day: date
    since: date  # the day of enrolment
    failed: tuple[str, ...] = ()  # courses whose published result does not suffice, after all later sittings
    unmarked: tuple[str, ...] = ()  # courses of terms that are over, in which a mark is missing
    credits_due: Decimal = Decimal(0)  # of the courses whose results are published to the class
    credits_earned: Decimal = Decimal(0)  # of these
    alerts: tuple[Alert, ...] = ()
    conduct_failed_in: str | None = None  # the last term that was assessed, if it was failed
    spoken_on: date | None = None  # the last talk, call or visit that was noted


class Reason(NamedTuple):
    """One reason in words."""

    kind: ReasonKind
    sentence: str


@dataclass(frozen=True)
class Book:
    """The functions by the kind of their reason."""

    checks: dict[ReasonKind, Callable[[Facts], str | None]] = field(default_factory=dict)

    def reason(self, kind: ReasonKind) -> Callable[[Callable[[Facts], str | None]], Callable[[Facts], str | None]]:
        """Enter the decorated function; it stays an ordinary function."""

        def register(check: Callable[[Facts], str | None]) -> Callable[[Facts], str | None]:
            self.checks[kind] = check
            return check

        return register


ATTENTION = Book()


def limit(name: str, on: date) -> int:
    """The number that holds on that day."""
    return LIMITS.number(name, on=on)


def reasons(facts: Facts) -> list[Reason]:
    """All reasons, in the order of their kinds; none for most students."""
    said = ((kind, ATTENTION.checks[kind](facts)) for kind in ReasonKind)
    return [Reason(kind, sentence) for kind, sentence in said if sentence]


@ATTENTION.reason(ReasonKind.AWAY)
def is_away(facts: Facts) -> str | None:
    """Away without leave; more than two weeks lead to a decision of the school (ATT-4)."""
    alert = _alert(facts, "ATT-4")
    days = welfare_limit("days_away_allowed", facts.day)
    return _told(alert, _("超过 %(days)s 天，学校要作决定", days=days)) if alert else None


@ATTENTION.reason(ReasonKind.LEAVE)
def leave_is_over(facts: Facts) -> str | None:
    """A leave of absence that has ended without a return, or that comes near two years (ATT-1, ATT-2)."""
    alert = _alert(facts, "ATT-1") or _alert(facts, "ATT-2")
    return _told(alert, alert.duty) if alert else None


@ATTENTION.reason(ReasonKind.HOURS)
def misses_lessons(facts: Facts) -> str | None:
    """Class hours missed without leave, on the way to the 90 of a term (ATT-3)."""
    alert = _alert(facts, "ATT-3")
    hours = welfare_limit("unexcused_hours_candidate", facts.day)
    return _told(alert, _("到 %(hours)s 课时，学校要作决定", hours=hours)) if alert else None


@ATTENTION.reason(ReasonKind.FAILED)
def fails_courses(facts: Facts) -> str | None:
    """Courses that are failed now."""
    if len(facts.failed) < limit("courses_failed", facts.day):
        return None
    return str(_("%(count)s 门课不及格：%(names)s", count=len(facts.failed), names=listed(facts.failed)))


@ATTENTION.reason(ReasonKind.UNMARKED)
def lacks_marks(facts: Facts) -> str | None:
    """Courses of terms that are over, without a whole result."""
    if len(facts.unmarked) < limit("courses_without_marks", facts.day):
        return None
    return str(_("%(count)s 门课成绩没有录齐：%(names)s", count=len(facts.unmarked), names=listed(facts.unmarked)))


@ATTENTION.reason(ReasonKind.CREDITS)
def is_behind(facts: Facts) -> str | None:
    """Credits of the class that the student has not earned."""
    behind = facts.credits_due - facts.credits_earned
    if behind < limit("credits_behind", facts.day):
        return None
    numbers = {"due": format_number(facts.credits_due), "earned": format_number(facts.credits_earned)}
    return str(_("到现在应得 %(due)s 学分，得了 %(earned)s，差 %(behind)s", behind=format_number(behind), **numbers))


@ATTENTION.reason(ReasonKind.CONDUCT)
def fails_conduct(facts: Facts) -> str | None:
    """The last assessment of conduct."""
    term = facts.conduct_failed_in
    return str(_("操行不合格（%(term)s）", term=term)) if term else None


@ATTENTION.reason(ReasonKind.TALK)
def is_not_spoken_with(facts: Facts) -> str | None:
    """No talk, call or visit noted for long; who has just come is given as long."""
    days = (facts.day - max(facts.spoken_on or facts.since, facts.since)).days
    if days <= limit("days_without_talk", facts.day):
        return None
    if facts.spoken_on is None:
        return str(_("还没有谈话、打电话或家访的记录"))
    return str(_("%(days)s 天没有谈话、打电话或家访的记录", days=days))


def _alert(facts: Facts, code: str) -> Alert | None:
    return next((each for each in facts.alerts if each.code == code), None)


def _told(alert: Alert, what_next: object) -> str:
    return str(_("%(figure)s；%(next)s", figure=alert.figure, next=what_next))
