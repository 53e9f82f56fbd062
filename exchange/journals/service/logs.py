"""Handing in the log of a week, reading it, and sending it back."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import SCHOOL_TIME, db, lock, now
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_number
from exchange.journals.events import JournalEvent
from exchange.journals.models import WeeklyLog
from exchange.journals.models.logs import DAYS
from exchange.journals.queries.logs import log_of
from exchange.journals.values import Mood, Review
from exchange.journals.weeks import Week, weeks_of
from exchange.placements.models import Placement, PlacementStatus

DAY_HAS = 24  # hours


class NotThisWeek(DomainError):
    """A week outside of the internship, or one that has not begun."""


class TooFew(DomainError):
    """Something that cannot be meant: no words, no hours, or more hours than a day has."""


def submit_log(
    placement: Placement,
    *,
    week: date,
    did: str,
    learnt: str,
    hours: Sequence[Decimal | None],
    mood: Mood,
    at: datetime | None = None,
    by: User | None,
) -> WeeklyLog:
    """Hand in the log of the week that begins on this Monday, ``hours`` from Monday to Sunday (article 21).

    The same log sent twice changes nothing. Another one takes its place until a teacher has read it, and the
    confirmation of the hours is gone. ``at`` is when it was handed in, now where nothing else is said.

    Raises ``NotThisWeek``, ``TooFew`` and ``NotPossible``.
    """
    lock(placement)  # two phones at the same moment
    moment = at or now()
    if placement.status is not PlacementStatus.ACTIVE:
        raise NotPossible(_("实习已经结束，周志不能再改。"))
    found = _find_week(placement, week, moment)
    kept = [_hours(each) for each in _checked(found, hours)]
    if not did.strip() or not learnt.strip():
        raise TooFew(_("写一写这周做了什么、学到了什么。"))
    values = {"did": did.strip(), "learnt": learnt.strip(), "hours": kept, "mood": mood}
    log = log_of(placement, week)
    if log is None:
        log = WeeklyLog(placement=placement, week=week, is_late=found.is_due(_day(moment)), **values)
        db.session.add(log)
    elif all(getattr(log, name) == value for name, value in values.items()):
        return log
    else:
        _rewrite(log, values)
    log.status, log.submitted_at = Review.SUBMITTED, moment
    record(JournalEvent.LOG_SUBMITTED, log, by=by, week=week, hours=kept, late=log.is_late)
    return log


def read_log(log: WeeklyLog, *, answer: str = "", by: User | None) -> None:
    """The teacher has read it; the student reads the answer. Raises ``NotPossible``."""
    _review(log, Review.READ, JournalEvent.LOG_READ, answer, by=by)


def return_log(log: WeeklyLog, *, answer: str, by: User | None) -> None:
    """Back to the student, with what is missing. Raises ``NotPossible``."""
    if not answer.strip():
        raise NotPossible(_("写下要补什么，学生才知道怎么改。"))
    _review(log, Review.RETURNED, JournalEvent.LOG_RETURNED, answer, by=by)


def _find_week(placement: Placement, monday: date, moment: datetime) -> Week:
    week = next((each for each in weeks_of(placement) if each.monday == monday), None)
    if week is None:
        raise NotThisWeek(_("这一周不在实习期间，不用写。"))
    if week.first > _day(moment):
        raise NotThisWeek(_("这一周还没有到。"))
    return week


def _checked(week: Week, hours: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Seven; nothing on days outside of the internship."""
    inside = {day.weekday() for day in week.days}
    kept = [hours[number] if number in inside else None for number in range(DAYS)]
    if any(each is not None and not 0 <= each <= DAY_HAS for each in kept):
        raise TooFew(_("一天的工时在 0 到 24 小时之间。"))
    if all(each is None for each in kept):
        raise TooFew(_("填一填每天几小时；休息的日子空着，整周没有上班就填 0。"))
    return kept


def _hours(value: Decimal | None) -> str | None:
    return None if value is None else format_number(value)


def _rewrite(log: WeeklyLog, values: dict[str, Any]) -> None:
    if log.status is Review.READ:
        raise NotPossible(_("老师已经看过这一周的周志，不能再改。要改的，请老师退回。"))
    for name, value in values.items():
        setattr(log, name, value)
    log.hours_confirmed_by = log.hours_confirmed_at = None


def _review(log: WeeklyLog, status: Review, event: JournalEvent, answer: str, *, by: User | None) -> None:
    lock(log)
    if log.status is not Review.SUBMITTED:
        raise NotPossible(_("这篇周志现在不在等老师看。请刷新页面。"))
    former, log.status = log.status, status
    log.answer, log.reviewed_by_id, log.reviewed_at = answer.strip() or None, by.id if by else None, now()
    record(event, log, by=by, week=log.week, status=[former, status])


def _day(moment: datetime) -> date:
    return moment.astimezone(SCHOOL_TIME).date()
