"""What the audit trail can say about attendance. Why somebody asked for leave never stands in it."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AttendanceEvent(LabelledEnum):
    ROLL_TAKEN = "roll.taken", _("点名")
    ROLL_CORRECTED = "roll.corrected", _("改点名")
    LEAVE_ASKED = "leave_request.asked", _("申请请假")
    LEAVE_AGREED = "leave_request.agreed", _("监护人同意请假")
    LEAVE_DECLINED = "leave_request.declined", _("监护人不同意请假")
    CALL_NOTED = "leave_request.call_noted", _("电话里监护人同意请假")
    LEAVE_APPROVED = "leave_request.approved", _("批准请假")
    LEAVE_REFUSED = "leave_request.refused", _("不批准请假")
    LEAVE_WITHDRAWN = "leave_request.withdrawn", _("撤回请假")
    LEAVE_CANCELLED = "leave_request.cancelled", _("取消请假")
    LEAVE_RETURNED = "leave_request.returned", _("销假")
