"""What the audit trail can say about pay."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class PayEvent(LabelledEnum):
    REPORTED = "pay_receipt.reported", _("报告收到的报酬")
    WITHDRAWN = "pay_receipt.withdrawn", _("撤回报酬记录")
