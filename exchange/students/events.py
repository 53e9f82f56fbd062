"""What the audit trail can say about students."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class StudentEvent(LabelledEnum):
    CREATED = "student.created", _("建立学生记录")
    CHANGED = "student.changed", _("修改学生记录")
    REMOVED = "student.removed", _("撤销导入，删除学生记录")
    RESTORED = "student.restored", _("撤销导入，恢复学生记录")
    STATE_TAKEN_EFFECT = "student.state_taken_effect", _("异动生效")
    IDENTITY_REVEALED = "student.identity_revealed", _("查看完整信息")
    EXPORTED = "student.exported", _("导出学生名册")
