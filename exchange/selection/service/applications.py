"""Handing in choices, changing them and taking them back, until the last day."""

from collections.abc import Sequence

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now, today
from exchange.core.errors import DomainError, NotPossible
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.selection import eligibility, queries
from exchange.selection.events import SelectionEvent
from exchange.selection.models import Choice, InternshipApplication, InternshipBatch
from exchange.students.models import Student, StudentStatus


class NotTheseChoices(DomainError):
    """Choices that cannot be meant, or that the student may not make."""


def apply(
    batch: InternshipBatch,
    student: Student,
    *,
    opening_ids: Sequence[int],
    companion: Student | None = None,
    wishes: str = "",
    by: User | None,
) -> InternshipApplication:
    """Hand in the openings in order, the first choice first; an earlier application is replaced.

    Raises ``NotPossible`` outside of the days of application, and ``NotTheseChoices``.
    """
    lock(student)  # two phones at the same moment make one application
    _check_days(batch)
    _check_student(batch, student)
    _check_choices(batch, student, opening_ids)
    _check_companion(batch, student, companion)
    application = queries.application_of(batch, student)
    former = application.opening_ids if application else []
    if application is None:
        application = InternshipApplication(batch=batch, student=student, handed_in_at=now())
        db.session.add(application)
    _rank(application, opening_ids)
    application.companion_id = companion.id if companion else None
    application.wishes = wishes.strip() or None
    application.handed_in_at, application.handed_in_by_id = now(), by.id if by else None
    record(SelectionEvent.APPLIED, application, by=by, student=student.student_no, openings=[former, list(opening_ids)])
    return application


def withdraw(application: InternshipApplication, *, by: User | None) -> None:
    """Take all choices back; the student counts as one who has not applied. Raises ``NotPossible``."""
    lock(application)
    _check_days(application.batch)
    former = application.opening_ids
    application.choices, application.companion_id = [], None
    application.handed_in_at, application.handed_in_by_id = now(), by.id if by else None
    record(SelectionEvent.WITHDRAWN, application, by=by, openings=[former, []])


def _rank(application: InternshipApplication, opening_ids: Sequence[int]) -> None:
    """Rows of openings that stay keep their number; a database sees no two rows for one opening in between."""
    rows = {choice.opening_id: choice for choice in application.choices}
    for rank, opening_id in enumerate(opening_ids, start=1):
        choice = rows.get(opening_id)
        if choice is None:
            application.choices.append(Choice(opening_id=opening_id, rank=rank))
        else:
            choice.rank = rank
    for opening_id, choice in rows.items():
        if opening_id not in opening_ids:
            application.choices.remove(choice)


def _check_days(batch: InternshipBatch) -> None:
    if batch.takes_applications(today()):
        return
    if today() < batch.applications_from:
        raise NotPossible(_("%(day)s开始交志愿。", day=format_short_date(batch.applications_from)))
    raise NotPossible(
        _("志愿 %(day)s已经截止，不能再改。有困难找实习办。", day=format_short_date(batch.applications_until))
    )


def _check_student(batch: InternshipBatch, student: Student) -> None:
    if student.status is not StudentStatus.REGISTERED:
        raise NotTheseChoices(_("%(name)s现在不在读，不能报实习志愿。", name=student.name))
    if student.school_class_id not in batch.class_ids:
        raise NotTheseChoices(_("%(name)s的班级不参加这个批次。", name=student.name))


def _check_choices(batch: InternshipBatch, student: Student, opening_ids: Sequence[int]) -> None:
    if not opening_ids:
        raise NotTheseChoices(_("至少选一个志愿。"))
    if len(opening_ids) > batch.most_choices:
        raise NotTheseChoices(_("最多选 %(count)s 个志愿。", count=batch.most_choices))
    if len(set(opening_ids)) < len(opening_ids):
        raise NotTheseChoices(_("同一个岗位只能选一次。"))
    openings = {opening.id: opening for opening in queries.openings_of(batch)}
    if set(opening_ids) - openings.keys():
        raise NotTheseChoices(_("选的岗位不在这个批次里。"))
    wanted = [openings[each] for each in opening_ids]
    for obstacle in eligibility.obstacles(batch, [(student, opening) for opening in wanted]).values():
        raise NotTheseChoices(obstacle.sentence(student))


def _check_companion(batch: InternshipBatch, student: Student, companion: Student | None) -> None:
    if companion is None:
        return
    if companion.id == student.id:
        raise NotTheseChoices(_("同伴不能是自己。"))
    if companion.school_class_id not in batch.class_ids:
        raise NotTheseChoices(_("%(name)s的班级不参加这个批次。", name=companion.name))
