"""Adding files to records and handing them out. What a file is, its first bytes say, not its name."""

from pathlib import PurePath

from exchange.accounts.models import User
from exchange.attachments.events import AttachmentEvent
from exchange.attachments.models import Attachment
from exchange.attachments.queries import attachments_of
from exchange.audit.service import record
from exchange.core.database import Model, db
from exchange.core.errors import DomainError
from exchange.core.i18n import _
from exchange.core.storage import store

KINDS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
}
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 200


class NotAcceptable(DomainError):
    """A file of another kind, an empty one, or one that is too large."""


def attach(subject: Model, *, filename: str, content: bytes, by: User | None) -> Attachment:
    """Keep a file with the record: PDF, JPEG or PNG of at most 10 MB. Raises ``NotAcceptable``."""
    name = PurePath(filename.replace("\\", "/")).name[-LONGEST_NAME:] or "—"
    media_type = _media_type(name, content)
    db.session.flush()
    attachment = Attachment(
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        filename=name,
        media_type=media_type,
        size=len(content),
        key=store().put(content),
        uploaded_by_id=by.id if by else None,
    )
    db.session.add(attachment)
    record(AttachmentEvent.ADDED, subject, by=by, file=name, size=len(content))
    return attachment


def hand_out(attachment: Attachment, *, by: User) -> bytes:
    """The bytes of the file; that somebody took them is recorded."""
    record(AttachmentEvent.DOWNLOADED, attachment, by=by, file=attachment.filename)
    return store().get(attachment.key)


def remove_all(subject: Model, *, by: User | None) -> None:
    """Forget the files of a record whose person is forgotten; that there were some stays in the trail."""
    for attachment in attachments_of(subject):
        store().delete_after_commit(attachment.key)
        db.session.delete(attachment)
        record(AttachmentEvent.REMOVED, subject, by=by, size=attachment.size)


def _media_type(name: str, content: bytes) -> str:
    if not content:
        raise NotAcceptable(_("文件“%(name)s”是空的。", name=name))
    if len(content) > LARGEST:
        raise NotAcceptable(_("文件“%(name)s”超过 10 MB。压缩后再传。", name=name))
    for beginning, media_type in KINDS.items():
        if content.startswith(beginning):
            return media_type
    raise NotAcceptable(_("文件“%(name)s”不是 PDF、JPG 或 PNG。扫描或拍照后再传。", name=name))
