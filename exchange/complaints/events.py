"""What the audit trail can say about complaints: never what was said, nor who spoke without a name."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ComplaintEvent(LabelledEnum):
    RAISED = "complaint.raised", _("反映问题")
    ASSIGNED = "complaint.assigned", _("指定办理人")
    SETTLED = "complaint.settled", _("办结投诉")
