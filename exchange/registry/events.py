"""What the audit trail can say about the national registry."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class RegistryEvent(LabelledEnum):
    SUBMISSION_REQUESTED = "submission.requested", _("生成报送文件")
    SUBMISSION_PREPARED = "submission.prepared", _("报送文件已生成")
    SUBMISSION_FAILED = "submission.failed", _("报送文件没有生成")
    SUBMISSION_DOWNLOADED = "submission.downloaded", _("下载报送文件")
    SUBMISSION_SUBMITTED = "submission.submitted", _("登记已报送")
    SUBMISSION_DISCARDED = "submission.discarded", _("放弃报送文件")
    RECONCILIATION_REQUESTED = "reconciliation.requested", _("上传全国系统的名单")
    RECONCILIATION_DONE = "reconciliation.done", _("比对完成")
    RECONCILIATION_FAILED = "reconciliation.failed", _("没有比对")
    RECONCILIATION_ANSWERED = "reconciliation.answered", _("说明名单是否完整")
    DISCREPANCY_DECIDED = "discrepancy.decided", _("决定怎样处理不一致")
    CORRECTIONS_DOWNLOADED = "reconciliation.corrections_downloaded", _("下载更正清单")
