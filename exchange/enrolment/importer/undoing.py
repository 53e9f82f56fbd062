"""Taking applications back out of an intake, and who stands in the way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import select

from exchange.accounts.models import User
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.enrolment import service
from exchange.enrolment.importer.columns import label_of
from exchange.enrolment.importer.written import with_side, written_of
from exchange.enrolment.models import Applicant, ApplicantStatus
from exchange.imports.importer import Obstacle
from exchange.imports.models import ImportRow, Outcome


def obstacles(portions: Iterable[Sequence[ImportRow]]) -> Iterator[Obstacle]:
    """Who was decided upon, and what was changed since."""
    for rows in portions:
        present = _applicants(rows)
        yield from (Obstacle(row, sentence) for row in rows if (sentence := _obstacle(row, present)))


def take_back(rows: Sequence[ImportRow], *, import_id: int, by: User | None) -> None:
    """Restore what was changed and remove who was entered."""
    present, source = _applicants(rows), {"import": import_id}
    entered = [present[row.record_id] for row in rows if row.outcome is Outcome.NEW and row.record_id in present]
    for row in rows:
        if row.outcome is Outcome.CHANGED and row.record_id in present:
            applicant = present[row.record_id]
            texts = with_side(written_of(applicant), row.changes, which=0)
            service.change_applicant(
                applicant, written=texts, school_class=applicant.school_class, by=by, source=source
            )
    service.remove_applicants(entered, by=by, source=source)


def _applicants(rows: Sequence[ImportRow]) -> dict[int, Applicant]:
    ids = [row.record_id for row in rows if row.record_id]
    return {each.id: each for each in db.session.scalars(select(Applicant).where(Applicant.id.in_(ids)))}


def _obstacle(row: ImportRow, present: Mapping[int, Applicant]) -> str:
    applicant = present.get(row.record_id or 0)
    if applicant is None:
        return str(_("记录已不在。"))
    if applicant.status is not ApplicantStatus.APPLIED:
        return str(_("%(name)s%(status)s。", name=applicant.name, status=applicant.status.label))
    kept = written_of(applicant)
    written = row.values if row.outcome is Outcome.NEW else {field: new for field, (_old, new) in row.changes.items()}
    for field, text in written.items():
        if kept.get(field, "") != text:
            return str(_("%(name)s的“%(field)s”后来又改过。", name=applicant.name, field=label_of(field)))
    return ""
