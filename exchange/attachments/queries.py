"""Reading attachments."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.attachments.models import Attachment
from exchange.core.database import Model, db


def attachments_of(subject: Model) -> list[Attachment]:
    """The files of a record, the oldest first."""
    return attachments_by_subject([subject])[subject.id]


def attachments_by_subject(subjects: Sequence[Model]) -> dict[int, list[Attachment]]:
    """Record → its files, for several records of one kind at once."""
    found: dict[int, list[Attachment]] = {subject.id: [] for subject in subjects}
    if not found:
        return found
    files = select(Attachment).where(
        Attachment.subject_type == subjects[0].__tablename__, Attachment.subject_id.in_(found)
    )
    loaded = files.options(joinedload(Attachment.uploaded_by)).order_by(Attachment.id)
    for attachment in db.session.scalars(loaded).unique():
        found[attachment.subject_id].append(attachment)
    return found
