"""What is chased."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ChaseKind(LabelledEnum):
    """In the order in which the list tells them."""

    MARK = "mark", _("漏录的成绩")
    SHEET = "sheet", _("没有提交的成绩单")
    CONFIRM = "confirm", _("等确认的成绩单")
    PUBLISH = "publish", _("等公布的成绩单")
    MAKEUP = "makeup", _("补考、缓考待登记")
    ROLL = "roll", _("没有点名的日子")
    CONDUCT = "conduct", _("没有评定的操行")

    @property
    def place(self) -> int:
        """Where it stands in the list."""
        return list(ChaseKind).index(self)
