"""Days and shifts in words that everybody at a kitchen table understands."""

from datetime import date

from exchange.core.i18n import _, current_language
from exchange.core.templating import WEEKDAYS
from exchange.placements.facts.document import Shift

WEEKDAY_NAMES = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))


def month_name(first: date) -> str:
    """2026年3月 · March 2026."""
    return f"{first:%B %Y}" if current_language() == "en" else f"{first.year}年{first.month}月"


def short_weekday(day: date) -> str:
    """One sign for the head of a narrow column."""
    return f"{day:%a}"[:2] if current_language() == "en" else WEEKDAYS[day.weekday()]


def times(shift: Shift) -> str:
    """09:00–17:30, and whether that is on the next day."""
    assert shift.start is not None  # a plan holds whole shifts only
    assert shift.end is not None
    span = f"{shift.start:%H:%M}–{shift.end:%H:%M}"
    return str(_("%(span)s（第二天）", span=span)) if shift.end <= shift.start else span


def in_words(shift: Shift | None) -> str:
    """A day of work as a family reads it: from when to when, and the break."""
    if shift is None:
        return str(_("休息"))
    if not shift.break_minutes:
        return times(shift)
    return str(_("%(times)s，中间休息 %(minutes)s 分钟", times=times(shift), minutes=shift.break_minutes))
