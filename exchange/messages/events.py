"""What the audit trail can say about messages."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class MessageEvent(LabelledEnum):
    SENT = "message.sent", _("发出消息")
    RETRIED = "message.retried", _("再发一次")
    ADDRESS_SET = "message.address_set", _("登记接收地址")
    ADDRESS_REMOVED = "message.address_removed", _("不再用这个地址接收")
