"""The life of a request for leave: the guardian of a minor first, then the homeroom teacher; back before it is over."""

from exchange.accounts.roles import Permission as May
from exchange.attendance.events import AttendanceEvent as Event
from exchange.attendance.models import WAITING
from exchange.attendance.models import LeaveStatus as Is
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow

ASKED = frozenset(WAITING)

LEAVE_WORKFLOW = Workflow(
    Transition("agree", _("同意请假"), {Is.AWAITING_GUARDIAN}, Is.PENDING, May.ATTENDANCE_MINE, Event.LEAVE_AGREED),
    Transition("decline", _("不同意"), {Is.AWAITING_GUARDIAN}, Is.REFUSED, May.ATTENDANCE_MINE, Event.LEAVE_DECLINED),
    Transition(
        "note-call",
        _("监护人电话里同意了"),
        {Is.AWAITING_GUARDIAN},
        Is.PENDING,
        May.ATTENDANCE_APPROVE,
        Event.CALL_NOTED,
    ),
    Transition("approve", _("批准"), {Is.PENDING}, Is.APPROVED, May.ATTENDANCE_APPROVE, Event.LEAVE_APPROVED),
    Transition("refuse", _("不批准"), ASKED, Is.REFUSED, May.ATTENDANCE_APPROVE, Event.LEAVE_REFUSED),
    Transition("withdraw", _("撤回"), ASKED, Is.WITHDRAWN, May.ATTENDANCE_MINE, Event.LEAVE_WITHDRAWN),
    Transition("return", _("已经回来，销假"), {Is.APPROVED}, Is.RETURNED, May.ATTENDANCE_APPROVE, Event.LEAVE_RETURNED),
    Transition("cancel", _("取消请假"), {Is.APPROVED}, Is.WITHDRAWN, May.ATTENDANCE_APPROVE, Event.LEAVE_CANCELLED),
)
