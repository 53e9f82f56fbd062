"""Reviewed rows on their way into an intake; each goes through the service that the form uses, too."""

from collections.abc import Sequence

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.enrolment import service
from exchange.enrolment.importer.columns import label_of
from exchange.enrolment.importer.intakes import Intake
from exchange.enrolment.importer.wording import note
from exchange.enrolment.importer.written import applied_in, with_side, written_of
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.imports.importer import Note, Written
from exchange.imports.models import ImportRow, Outcome


def commit(rows: Sequence[ImportRow], intake: Intake, *, import_id: int, by: User | None) -> list[Written]:
    """One answer per row: the applicant's id, or why nothing was written."""
    present = applied_in(intake.year, [row.values["resident_id"] for row in rows])
    source = {"import": import_id}
    return [_write(row, present.get(row.values["resident_id"]), intake, source=source, by=by) for row in rows]


def _write(
    row: ImportRow, present: Applicant | None, intake: Intake, *, source: dict[str, int], by: User | None
) -> Written:
    try:
        if row.outcome is Outcome.NEW:
            applicant, _notes = service.enter_applicant(
                project=intake.project, year=intake.year, written=row.values, by=by, source=source
            )
            db.session.flush()
            return Written(applicant.id)
        if present is None:
            return Written(None, note("resident_id", "record.gone"))
        if refusal := _overtaken(row, present):
            return Written(None, refusal)
        texts = with_side(written_of(present), row.changes, which=1)
        service.change_applicant(present, written=texts, school_class=present.school_class, by=by, source=source)
        return Written(present.id)
    except DomainError as refusal:
        return Written(None, note("name", "applicant.refused", reason=str(refusal)))


def _overtaken(row: ImportRow, present: Applicant) -> Note | None:
    """What somebody has decided or changed since the review."""
    if present.status is not ApplicantStatus.APPLIED:
        return note("name", "applicant.decided", name=present.name, status=str(present.status.label))
    kept = written_of(present)
    for field, pair in row.changes.items():
        if kept.get(field, "") not in pair:
            return note(field, "record.changed_meanwhile", field=label_of(field))
    return None
