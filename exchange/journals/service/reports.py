"""Handing in the report of an internship, reading it, and sending it back."""

from datetime import datetime

from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.database import db, lock, now
from exchange.core.errors import NotPossible
from exchange.core.i18n import _
from exchange.journals.events import JournalEvent
from exchange.journals.models import InternshipReport
from exchange.journals.queries.logs import report_of
from exchange.journals.values import Review
from exchange.placements.models import Placement, PlacementStatus


def submit_report(placement: Placement, *, text: str, at: datetime | None = None, by: User | None) -> InternshipReport:
    """Hand in the report; another one takes its place until a teacher has read it. Raises ``NotPossible``.

    ``at`` is when it was handed in, now where nothing else is said (article 21).
    """
    lock(placement)
    if placement.status is not PlacementStatus.ACTIVE:
        raise NotPossible(_("实习已经结束，报告不能再改。"))
    if not text.strip():
        raise NotPossible(_("报告还是空的。"))
    report = report_of(placement)
    if report is None:
        report = InternshipReport(placement=placement)
        db.session.add(report)
    elif report.status is Review.READ:
        raise NotPossible(_("老师已经看过报告，不能再改。要改的，请老师退回。"))
    elif report.status is Review.SUBMITTED and report.text == text.strip():
        return report
    report.text, report.status, report.submitted_at = text.strip(), Review.SUBMITTED, at or now()
    record(JournalEvent.REPORT_SUBMITTED, report, by=by, characters=len(report.text))
    return report


def read_report(report: InternshipReport, *, answer: str = "", by: User | None) -> None:
    """The teacher has read it. Raises ``NotPossible``."""
    _review(report, Review.READ, JournalEvent.REPORT_READ, answer, by=by)


def return_report(report: InternshipReport, *, answer: str, by: User | None) -> None:
    """Back to the student, with what is missing. Raises ``NotPossible``."""
    if not answer.strip():
        raise NotPossible(_("写下要补什么，学生才知道怎么改。"))
    _review(report, Review.RETURNED, JournalEvent.REPORT_RETURNED, answer, by=by)


def _review(report: InternshipReport, status: Review, event: JournalEvent, answer: str, *, by: User | None) -> None:
    lock(report)
    if report.status is not Review.SUBMITTED:
        raise NotPossible(_("这份报告现在不在等老师看。请刷新页面。"))
    former, report.status = report.status, status
    report.answer, report.reviewed_by_id, report.reviewed_at = answer.strip() or None, by.id if by else None, now()
    record(event, report, by=by, status=[former, status])
