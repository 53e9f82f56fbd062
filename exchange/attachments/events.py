"""What the audit trail can say about attachments."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AttachmentEvent(LabelledEnum):
    ADDED = "attachment.added", _("添加附件")
    REMOVED = "attachment.removed", _("删除附件")
    DOWNLOADED = "attachment.downloaded", _("下载附件")
