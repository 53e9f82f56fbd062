"""Reading attachments."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.attachments.models import Attachment
from exchange.core.database import Model, db


def attachments_of(subject: Model) -> list[Attachment]:
    """The files of a record, the oldest first."""
    files = select(Attachment).where(
        Attachment.subject_type == subject.__tablename__, Attachment.subject_id == subject.id
    )
    return list(db.session.scalars(files.options(joinedload(Attachment.uploaded_by)).order_by(Attachment.id)).unique())
