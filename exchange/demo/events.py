"""What the audit trail can say about the demonstration."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class DemoEvent(LabelledEnum):
    LOADED = "demo.loaded", _("装载演示数据")
