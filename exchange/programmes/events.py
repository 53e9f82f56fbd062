"""What the audit trail can say about terms, programmes, courses and classes."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ProgrammeEvent(LabelledEnum):
    TERM_CREATED = "term.created", _("设立学期")
    TERM_CHANGED = "term.changed", _("修改学期的日期")
    PROGRAMME_CREATED = "programme.created", _("建立专业")
    COURSE_CREATED = "course.created", _("建立课程")
    COURSE_CHANGED = "course.changed", _("修改课程")
    COURSE_REMOVED = "course.removed", _("不再开设课程")
    COURSE_RESUMED = "course.resumed", _("重新开设课程")
    COURSE_PLANNED = "programme_version.course_planned", _("在草稿里加课程")
    PLAN_CHANGED = "programme_version.course_changed", _("修改草稿里的课程")
    PLAN_REMOVED = "programme_version.course_removed", _("从草稿里去掉课程")
    VERSION_DRAFTED = "programme_version.drafted", _("起草新版本")
    VERSION_DISCARDED = "programme_version.discarded", _("放弃草稿")
    VERSION_PUT_IN_FORCE = "programme_version.put_in_force", _("批准施行")
    VERSION_REPLACED = "programme_version.replaced", _("由新版本替代")
    CLASS_CREATED = "school_class.created", _("建立班级")
    CLASS_CHANGED = "school_class.changed", _("修改班级")
    CLASS_RENAMED = "school_class.renamed", _("班级改名")
    HOMEROOM_NAMED = "school_class.homeroom_named", _("任命班主任")
    HOMEROOM_TAKEN_BACK = "school_class.homeroom_taken_back", _("撤回班主任的任命")
    HOMEROOM_TAKEN_EFFECT = "school_class.homeroom_taken_effect", _("班主任的任命开始生效")
