"""What the audit trail can say about applicants, arrivals and registrations."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class EnrolmentEvent(LabelledEnum):
    APPLIED = "applicant.applied", _("登记报名")
    CHANGED = "applicant.changed", _("修改报名信息")
    REMOVED = "applicant.removed", _("撤销导入，删除报名")
    ADMITTED = "applicant.admitted", _("录取")
    REJECTED = "applicant.rejected", _("不录取")
    DECLINED = "applicant.declined", _("放弃")
    RECONSIDERED = "applicant.reconsidered", _("重新考虑")
    DELAY_ALLOWED = "applicant.delay_allowed", _("准许延期报到")
    ARRIVED = "applicant.arrived", _("报到")
    ARRIVAL_UNDONE = "applicant.arrival_undone", _("撤销报到")
    PARENTS_TOLD = "applicant.parents_told", _("给家长报平安")
    PARENTS_NOT_TOLD = "applicant.parents_not_told", _("撤销报平安")
    FORFEITED = "applicant.forfeited", _("视为放弃入学资格")
    DOCUMENTS_SEEN = "applicant.documents_seen", _("查验证件")
    REGISTERED = "applicant.registered", _("注册")
    FORGOTTEN = "applicant.forgotten", _("到期删除个人信息")
    GROUP_PLANNED = "arrival_group.planned", _("安排到校")
    GROUP_CHANGED = "arrival_group.changed", _("修改到校安排")
    STUDENT_REGISTERED = "student.registered", _("注册入学")
    TERM_REGISTERED = "student.term_registered", _("学期注册")
    TERM_UNREGISTERED = "student.term_unregistered", _("取消学期注册")
