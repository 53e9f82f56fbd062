"""What the audit trail can say about orders."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class OrderEvent(LabelledEnum):
    DRAFTED = "order.drafted", _("起草异动单")
    CHANGED = "order.changed", _("修改异动单")
    DISCARDED = "order.discarded", _("作废异动单草稿")
    CONFIRMED = "order.confirmed", _("确认异动单")
    CANCELLED = "order.cancelled", _("撤销异动单")
    FILED = "order.filed", _("登记异动备案")
    STATE_CHANGED = "student.state_changed", _("学籍异动")
    STATE_RESTORED = "student.state_restored", _("撤销异动，恢复学籍")
