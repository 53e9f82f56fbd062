"""Noting absences, ending and withdrawing them."""

from datetime import date

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.models import Student, StudentStatus
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import WITHOUT_LEAVE, Absence, AbsenceKind
from exchange.welfare.queries.absences import hours_noted, standing_absences
from exchange.welfare.rules.counting import days_between, spread
from exchange.welfare.rules.limits import limit


class NotRegistered(DomainError):
    """Only who is registered can be absent."""


class ImpossibleDays(DomainError):
    """Days that cannot be meant, or on which the student was noted absent already."""


class ReasonMissing(DomainError):
    """What was noted is withdrawn only with a reason."""


def note_absence(
    student: Student,
    *,
    kind: AbsenceKind,
    starts_on: date,
    ends_on: date | None = None,
    hours: int = 0,
    remark: str = "",
    by: User | None,
) -> Absence:
    """Note that the student is not there. Who left without permission is away until ``end_absence``.

    Raises ``NotRegistered`` and ``ImpossibleDays``.
    """
    lock(student)  # two taps at the same moment must not count one day twice
    if student.status is not StudentStatus.REGISTERED:
        raise NotRegistered(_("%(name)s现在不在读，不记缺勤。", name=student.name))
    last = None if kind is AbsenceKind.LEFT else ends_on or starts_on
    absence = Absence(
        student=student,
        kind=kind,
        starts_on=starts_on,
        ends_on=last,
        hours=0 if kind is AbsenceKind.LEFT else hours,
        remark=remark or None,
        noted_by_id=by.id if by else None,
    )
    with db.session.no_autoflush:
        _check_days(absence)
    db.session.add(absence)
    period = [starts_on.isoformat(), last.isoformat() if last else None]
    record(WelfareEvent.ABSENCE_NOTED, student, by=by, kind=kind.value, days=period, hours=absence.hours)
    return absence


def end_absence(absence: Absence, *, last_day: date, by: User | None) -> None:
    """The student is back; the last day away is kept. Raises ``NotPossible`` and ``ImpossibleDays``."""
    lock(absence)
    if not absence.is_open:
        raise NotPossible(_("这条缺勤已经结束了。"))
    if not absence.starts_on <= last_day <= today():
        raise ImpossibleDays(_("离校的最后一天要在 %(first)s 到今天之间。", first=format_short_date(absence.starts_on)))
    absence.ends_on = last_day
    record(WelfareEvent.ABSENCE_ENDED, absence.student, by=by, last_day=last_day.isoformat())


def withdraw_absence(absence: Absence, *, reason: str, by: User | None) -> None:
    """What was noted by mistake counts no more; it stays readable. Raises ``NotPossible`` and ``ReasonMissing``."""
    lock(absence)
    if absence.withdrawn_at is not None:
        raise NotPossible(_("这条缺勤已经撤回了。"))
    if not reason.strip():
        raise ReasonMissing(_("写明为什么撤回。"))
    absence.withdrawn_at, absence.withdrawn_by_id = now(), by.id if by else None
    absence.reason = reason.strip()
    record(
        WelfareEvent.ABSENCE_WITHDRAWN,
        absence.student,
        by=by,
        reason=reason.strip(),
        kind=absence.kind.value,
        starts_on=absence.starts_on.isoformat(),
    )


def _check_days(absence: Absence) -> None:
    first, last = absence.starts_on, absence.ends_on or today()
    if first < absence.student.enrolled_on:
        raise ImpossibleDays(_("这一天还没有入学。"))
    if absence.kind in WITHOUT_LEAVE and max(first, last) > today():
        raise ImpossibleDays(_("这一天还没有到，不能先记旷课。"))
    if last < first:
        raise ImpossibleDays(_("最后一天不能早于第一天。"))
    _check_hours(absence, first, last)


def _check_hours(absence: Absence, first: date, last: date) -> None:
    """No day has more class hours than it has, whoever noted them; nobody is there and away at once."""
    noted = standing_absences(absence.student, first, last)
    if any(each.kind is AbsenceKind.LEFT for each in noted) or (absence.kind is AbsenceKind.LEFT and noted):
        raise ImpossibleDays(_("这几天已经记了缺勤。先登记返校，或撤回记错的那条。"))
    most = limit("class_hours_of_a_day", first)
    asked = spread(absence.hours, first, last)
    for day in days_between(first, last):
        before = hours_noted(noted, day, until=last)
        if before + asked.get(day, 0) > most:
            raise ImpossibleDays(
                _(
                    "%(day)s 一天只有 %(most)s 课时，已经记了 %(before)s 课时。",
                    day=format_short_date(day),
                    most=most,
                    before=before,
                )
            )
