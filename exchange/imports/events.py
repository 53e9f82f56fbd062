"""What the audit trail can say about imports."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ImportEvent(LabelledEnum):
    UPLOADED = "import.uploaded", _("上传表格")
    REVIEWED = "import.reviewed", _("读取表格")
    COMMITTED = "import.committed", _("写入导入的记录")
    UNDONE = "import.undone", _("撤销导入")
    HEADING_REMEMBERED = "import.heading_remembered", _("记住列名的意思")
    HEADING_FORGOTTEN = "import.heading_forgotten", _("取消记住的列名")
    DISCARDED = "import.discarded", _("放弃导入")
    REJECTED_DOWNLOADED = "import.rejected_downloaded", _("下载不导入的行")
