"""What the audit trail can say about mark sheets and marks."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class CourseworkEvent(LabelledEnum):
    SHEET_OPENED = "mark_sheet.opened", _("建立成绩单")
    SHEET_SUBMITTED = "mark_sheet.submitted", _("提交成绩单")
    SHEET_CONFIRMED = "mark_sheet.confirmed", _("确认成绩单")
    SHEET_RETURNED = "mark_sheet.returned", _("退回成绩单")
    SHEET_PUBLISHED = "mark_sheet.published", _("公布成绩单")
    SHEET_LOCKED = "mark_sheet.locked", _("锁定成绩单")
    SHEET_REOPENED = "mark_sheet.reopened", _("重新打开成绩单")
    SHEET_DOWNLOADED = "mark_sheet.downloaded", _("下载成绩表")
    MARKS_UPLOADED = "mark_sheet.marks_uploaded", _("用表格录入成绩")
    MARK_RECORDED = "mark.recorded", _("录入成绩")
    MARK_CHANGED = "mark.changed", _("修改成绩")
    ATTEMPT_RECORDED = "attempt.recorded", _("登记补考、缓考或重修")
    ATTEMPT_RECOGNISED = "attempt.recognised", _("认定外校课程")
    CLASS_RECOGNISED = "recognition.recorded", _("为一个班认定外校课程")
    CLASS_TABLE_DOWNLOADED = "school_class.recognition_table", _("下载认定外校课程的表")
    ATTEMPT_WITHDRAWN = "attempt.withdrawn", _("撤销成绩记录")
    GRADUATION_NOTED = "student.graduation_noted", _("登记毕业事项")
