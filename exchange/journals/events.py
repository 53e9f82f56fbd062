"""What the audit trail can say about logs. What a student has written never stands in it."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class JournalEvent(LabelledEnum):
    LOG_SUBMITTED = "weekly_log.submitted", _("提交周志")
    LOG_READ = "weekly_log.read", _("看过周志")
    LOG_RETURNED = "weekly_log.returned", _("退回周志")
    HOURS_CONFIRMED = "weekly_log.hours_confirmed", _("单位指导人确认工时")
    MENTOR_SPOKE = "weekly_log.mentor_spoke", _("单位指导人写了话")
    HOST_APPRAISED = "appraisal.host_appraised", _("单位鉴定实习")
    SCHOOL_APPRAISED = "appraisal.school_appraised", _("学校鉴定实习")
    REPORT_SUBMITTED = "internship_report.submitted", _("提交实习报告")
    REPORT_READ = "internship_report.read", _("看过实习报告")
    REPORT_RETURNED = "internship_report.returned", _("退回实习报告")
