"""The mentor's link, and what a mentor does through it: confirm hours, and say something of a week."""

from collections.abc import Mapping
from datetime import timedelta

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.journals.events import JournalEvent
from exchange.journals.limits import limit
from exchange.journals.models import WeeklyLog
from exchange.journals.queries.mentors import PURPOSE, lines_of, students_of
from exchange.links import service as links
from exchange.partners.models import HostOrganisation
from exchange.placements.models import Placement

LONGEST_WORDS = 1000


class HoursChanged(DomainError):
    """The student has written something else since the mentor saw the hours."""


def make_mentor_link(placement: Placement, *, by: User) -> str:
    """The token of the mentor's standing link, for all students of this mentor at this host; it is told once.

    An earlier one is taken back. Raises ``NotPossible`` where no mentor is named or nobody works there yet.
    """
    if not placement.mentor_name:
        raise NotPossible(_("先在实习安排里写上单位指导人，再发链接。"))
    _link, token = links.make(
        purpose=PURPOSE,
        subject=placement.host,
        about=placement.mentor_name,
        recipient=placement.mentor_name,
        valid_for=timedelta(days=limit("days_a_mentor_link_lasts", today())),
        by=by,
    )
    return token


def confirm_hours(host: HostOrganisation, mentor: str, *, versions: Mapping[int, int]) -> None:
    """The mentor says that the hours of these logs are right: log → the version that was seen.

    All or none. Raises ``HoursChanged`` and ``NotPossible``.
    """
    for log in _logs_of(host, mentor, set(versions)):
        lock(log)
        if log.version != versions[log.id]:
            raise HoursChanged(
                _(
                    "%(name)s刚才改了 %(day)s 那一周的周志。看一下新的工时，再确认。",
                    name=log.placement.student.name,
                    day=format_short_date(log.week),
                )
            )
        if log.hours_confirmed_at is None:
            log.hours_confirmed_by, log.hours_confirmed_at = mentor, now()
            record(JournalEvent.HOURS_CONFIRMED, log, by=None, week=log.week, mentor=mentor, hours=log.hours)


def say(host: HostOrganisation, mentor: str, *, words: Mapping[int, str]) -> None:
    """The mentor's words to these logs; student and teacher read them. Raises ``NotPossible``."""
    for log in _logs_of(host, mentor, set(words)):
        lock(log)
        if len(words[log.id]) > LONGEST_WORDS:
            raise NotPossible(_("一段话最多 %(most)s 个字。", most=LONGEST_WORDS))
        if log.mentor_words != words[log.id]:
            log.mentor_words = words[log.id]
            record(JournalEvent.MENTOR_SPOKE, log, by=None, week=log.week, mentor=mentor)


def _logs_of(host: HostOrganisation, mentor: str, ids: set[int]) -> list[WeeklyLog]:
    """Only those that this mentor is shown."""
    db.session.flush()
    shown = {line.log.id: line.log for line in lines_of(students_of(host, mentor))}
    if ids - set(shown):
        raise NotPossible(_("有一篇周志现在不在这里了。请重新打开链接。"))
    return [log for number, log in shown.items() if number in ids]
