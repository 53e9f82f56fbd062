"""What complaints are about, and what has become of them."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ComplaintKind(LabelledEnum):
    """In the order in which a student finds them, the gravest first."""

    CARD = "card", _("证件被收走了")
    FEE = "fee", _("被收了钱")
    TREATMENT = "treatment", _("被打骂、欺负")
    DANGER = "danger", _("让我做危险的活")
    HOURS = "hours", _("加班、上夜班、没有休息")
    PAY = "pay", _("报酬没有给够")
    LODGING = "lodging", _("吃住有问题")
    OTHER = "other", _("别的事")


class ComplaintStatus(LabelledEnum):
    OPEN = "open", _("正在办")
    SETTLED = "settled", _("办好了")

    @property
    def tone(self) -> str:
        """As a tag shows it."""
        return "done" if self is ComplaintStatus.SETTLED else "waiting"
