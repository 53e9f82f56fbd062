"""What the audit trail can say about the life of students. What was said in a talk never stands in it."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class WelfareEvent(LabelledEnum):
    ABSENCE_NOTED = "absence.noted", _("记缺勤")
    ABSENCE_ENDED = "absence.ended", _("登记返校")
    ABSENCE_WITHDRAWN = "absence.withdrawn", _("撤回缺勤")
    CONTACT_NOTED = "contact_note.noted", _("记联系")
