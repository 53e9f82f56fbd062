"""Planning home visits, printing their sheets, and taking in what was written on them, exactly once."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from exchange.accounts.models import User
from exchange.attachments.models import Attachment
from exchange.attachments.queries import attachments_of
from exchange.attachments.service import attach
from exchange.audit.service import record, record_all
from exchange.core.database import db, lock, today
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.students.models import ON_ROLL, Student
from exchange.welfare import policy
from exchange.welfare.events import WelfareEvent
from exchange.welfare.models import VisitReport, VisitSheet
from exchange.welfare.queries import visits as queries

PNG = b"\x89PNG"


class NobodyToVisit(DomainError):
    """All of them have a sheet already, or none is on the roll."""


class ImpossibleDay(DomainError):
    """A visit of tomorrow, or one from before the student came."""


class AlreadyFilled(DomainError):
    """Somebody else has filled this sheet; ``report`` is what stands there. Nothing of the new one is lost."""

    def __init__(self, report: VisitReport) -> None:
        who = report.written_by.name if report.written_by else _("系统")
        super().__init__(
            _("%(who)s已经填了这张家访表（%(day)s 家访）。", who=who, day=format_short_date(report.visited_on))
        )
        self.report = report


def plan_visits(students: Sequence[Student], *, occasion: str, by: User | None) -> list[VisitSheet]:
    """A sheet for everybody who has none for this occasion. Raises ``NobodyToVisit``."""
    present = queries.planned(occasion, [student.id for student in students])
    waiting = [student for student in students if student.status in ON_ROLL and student.id not in present]
    if not waiting:
        raise NobodyToVisit(_("这些学生都已经有“%(occasion)s”的家访表。", occasion=occasion))
    sheets = [VisitSheet(student=student, occasion=occasion) for student in waiting]
    db.session.add_all(sheets)
    db.session.flush()
    lines = [(student.id, {"occasion": occasion}) for student in waiting]
    record_all(WelfareEvent.VISIT_PLANNED, Student, lines, by=by)
    return sheets


def fill_sheet(sheet: VisitSheet, *, key: str, by: User | None, **written: Any) -> VisitReport:
    """The first report of a sheet; the same key again gives the report that stands there.

    ``written`` are the columns of the report. Raises ``AlreadyFilled`` and ``ImpossibleDay``.
    """
    lock(sheet)
    if (sent := queries.report_with(key)) is not None:
        return sent
    if sheet.reports:
        raise AlreadyFilled(sheet.reports[0])
    return _write(sheet, key=key, by=by, **written)


def supplement_sheet(sheet: VisitSheet, *, key: str, by: User | None, **written: Any) -> VisitReport:
    """A further report beside the one that stands there; the same key again writes nothing."""
    lock(sheet)
    return queries.report_with(key) or _write(sheet, key=key, by=by, **written)


def add_photo(report: VisitReport, *, key: str, content: bytes, by: User | None) -> Attachment:
    """A photo of the visit; the same key again gives the file that stands there. Raises ``NotAcceptable``."""
    lock(report)
    name = f"{key}.{'png' if content.startswith(PNG) else 'jpg'}"
    for file in attachments_of(report):
        if file.filename == name:
            return file
    return attach(report, filename=name, content=content, by=by)


def print_sheets(ids: Sequence[int], *, by: User) -> list[VisitSheet]:
    """Sheets with whole addresses and phone numbers; that somebody printed them is recorded."""
    sheets = queries.for_paper(policy.sheets_recordable_by(by), ids)
    lines = [(sheet.student_id, {"occasion": sheet.occasion, "fields": ["address", "phone"]}) for sheet in sheets]
    record_all(WelfareEvent.SHEET_PRINTED, Student, lines, by=by)
    return sheets


def _write(sheet: VisitSheet, *, visited_on: date, by: User | None, **written: Any) -> VisitReport:
    if not sheet.student.enrolled_on <= visited_on <= today():
        raise ImpossibleDay(_("家访的日子要在入学以后、今天以前。"))
    report = VisitReport(visited_on=visited_on, written_by=by, **written)
    sheet.reports.append(report)
    record(
        WelfareEvent.VISIT_REPORTED, sheet.student, by=by, occasion=sheet.occasion, visited_on=visited_on.isoformat()
    )
    return report
