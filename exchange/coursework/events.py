"""What the audit trail can say about mark sheets and marks."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class CourseworkEvent(LabelledEnum):
    SHEET_OPENED = "mark_sheet.opened", _("建立成绩单")
    SHEET_SUBMITTED = "mark_sheet.submitted", _("提交成绩单")
    SHEET_REOPENED = "mark_sheet.reopened", _("退回成绩单")
    SHEET_PUBLISHED = "mark_sheet.published", _("公布成绩单")
    SHEET_DOWNLOADED = "mark_sheet.downloaded", _("下载成绩表")
    MARKS_UPLOADED = "mark_sheet.marks_uploaded", _("用表格录入成绩")
    MARK_RECORDED = "mark.recorded", _("录入成绩")
    MARK_CHANGED = "mark.changed", _("修改成绩")
