"""Recording hardship: from when, until when, seen from what. The trail never says which."""

from datetime import date

from exchange.accounts.models import User
from exchange.aid.categories import categories, meant_by
from exchange.aid.events import AidEvent
from exchange.aid.models import PovertyStatus
from exchange.aid.queries import poverty
from exchange.aid.service.refusals import InvalidDays, NoteMissing, NotGivenThen
from exchange.aid.values import Evidence, HardshipLevel
from exchange.attachments.service import attach
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.i18n import _
from exchange.students.models import Student


def record_status(
    student: Student,
    *,
    category: str,
    begins_on: date,
    until: date | None = None,
    level: HardshipLevel | None = None,
    evidence: Evidence,
    assessed_on: date,
    file: tuple[str, bytes] | None = None,
    by: User | None,
) -> PovertyStatus:
    """Record a kind of hardship from a day on, and the file that shows it. Raises ``NotGivenThen``, ``InvalidDays``."""
    lock(student)
    _check(student, category, begins_on, until, assessed_on)
    status = PovertyStatus(
        student=student,
        category_code=category,
        hardship_level=level.value if level else None,
        evidence_kind=evidence.value,
        begins_on=begins_on,
        until=until,
        assessed_on=assessed_on,
        assessed_by_id=by.id if by else None,
    )
    db.session.add(status)
    record(AidEvent.STATUS_RECORDED, status, by=by, begins_on=begins_on, until=until)
    if file:
        attach(status, filename=file[0], content=file[1], by=by)
    return status


def take_over(student: Student, *, category: str, on: date, by: User | None) -> PovertyStatus:
    """Take what the roster says as a status from this day on. Raises ``NotGivenThen`` where it does not mean that."""
    if category not in {each.code for each in meant_by(student.poverty, on)}:
        raise NotGivenThen(_("名册上写的不是这一类。请刷新页面再看。"))
    return record_status(student, category=category, begins_on=on, evidence=Evidence.ROSTER, assessed_on=today(), by=by)


def end_status(status: PovertyStatus, *, until: date, by: User | None) -> None:
    """Say from which day on it no longer holds. Raises ``InvalidDays``."""
    lock(status)
    if status.is_void or status.until is not None:
        raise InvalidDays(_("这条登记已经到期或作废。"))
    if until <= status.begins_on:
        raise InvalidDays(_("结束的日子要晚于开始的日子；登记错了用“作废”。"))
    status.until = until
    record(AidEvent.STATUS_ENDED, status, by=by, until=[None, until])


def void_status(status: PovertyStatus, *, note: str, by: User | None) -> None:
    """Declare a wrong record void; the note stays sealed with it, not in the trail. Raises ``NoteMissing``."""
    lock(status)
    if not note.strip():
        raise NoteMissing(_("写明为什么作废。"))
    if status.is_void:
        raise InvalidDays(_("这条登记已经作废。"))
    status.voided_at, status.void_note = now(), note.strip()
    record(AidEvent.STATUS_VOIDED, status, by=by)


def _check(student: Student, code: str, begins_on: date, until: date | None, assessed_on: date) -> None:
    category = categories().get(code)
    if category is None or not category.is_given_on(begins_on):
        raise NotGivenThen(_("那一天没有这一类。按当时的类别登记。"))
    if until is not None and until <= begins_on:
        raise InvalidDays(_("结束的日子要晚于开始的日子。"))
    if assessed_on > today():
        raise InvalidDays(_("认定日期还没有到。"))
    if poverty.overlapping(student, code, begins_on, until) is not None:
        raise NotGivenThen(_("这名学生在这段时间已经登记了这一类。"))
