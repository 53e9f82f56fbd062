"""What the audit trail can say about students, and what features above follow."""

from blinker import Signal

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _

state_changed = Signal()
"""Sent as ``state_changed.send(student, by=user)`` once status or class of the record may have become another."""


class StudentEvent(LabelledEnum):
    CREATED = "student.created", _("建立学生记录")
    CHANGED = "student.changed", _("修改学生记录")
    REMOVED = "student.removed", _("撤销导入，删除学生记录")
    RESTORED = "student.restored", _("撤销导入，恢复学生记录")
    STATE_TAKEN_EFFECT = "student.state_taken_effect", _("异动生效")
    OPENED = "student.opened", _("打开学生记录")
    IDENTITY_REVEALED = "student.identity_revealed", _("查看完整信息")
    EXPORTED = "student.exported", _("导出学生名册")
    GUARDIAN_ADDED = "student.guardian_added", _("登记监护人")
    GUARDIAN_LINKED = "student.guardian_linked", _("关联已有的监护人")
    GUARDIAN_CHANGED = "student.guardian_changed", _("修改监护人资料")
    GUARDIAN_ENDED = "student.guardian_ended", _("结束监护关系")
    GUARDIANSHIP_OF_AGE = "student.guardianship_of_age", _("监护关系终止：学生已成年")
    CONTACT_ADDED = "student.contact_added", _("登记联系人")
    CONTACT_CHANGED = "student.contact_changed", _("修改联系人")
    CONTACT_REMOVED = "student.contact_removed", _("删除联系人")
    CONSENT_GIVEN = "student.consent_given", _("登记同意")
    CONSENT_REFUSED = "student.consent_refused", _("登记不同意")
    CONSENT_WITHDRAWN = "student.consent_withdrawn", _("撤回同意")
    PHOTO_TAKEN_IN = "student.photo_taken_in", _("写入照片")
    CORRECTION_ASKED = "student.correction_asked", _("申请更正")
    CORRECTION_MADE = "student.correction_made", _("按申请更正")


class CorrectionEvent(LabelledEnum):
    """The life of a request; what it does to the record, the student's own line says."""

    APPROVED = "correction.approved", _("同意更正")
    REFUSED = "correction.refused", _("不予更正")
    WITHDRAWN = "correction.withdrawn", _("撤回更正申请")
    FILED = "correction.filed", _("登记报备")
    SEEN = "correction.seen", _("申请人看到答复")


class PhotoEvent(LabelledEnum):
    UPLOADED = "photo_batch.uploaded", _("上传照片")
    REVIEWED = "photo_batch.reviewed", _("核对照片")
    COMMITTED = "photo_batch.committed", _("写入照片")
    CANCELLED = "photo_batch.cancelled", _("放弃照片")
