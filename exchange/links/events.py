"""What the audit trail can say about links."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class LinkEvent(LabelledEnum):
    MADE = "link.made", _("发出链接")
    OPENED = "link.opened", _("链接被打开")
    USED = "link.used", _("通过链接答复")
    REVOKED = "link.revoked", _("收回链接")
