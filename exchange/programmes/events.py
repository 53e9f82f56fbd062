"""What the audit trail can say about terms, programmes, courses and classes."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ProgrammeEvent(LabelledEnum):
    TERM_CREATED = "term.created", _("设立学期")
    PROGRAMME_CREATED = "programme.created", _("建立专业")
    COURSE_CREATED = "course.created", _("建立课程")
    CLASS_CREATED = "school_class.created", _("建立班级")
