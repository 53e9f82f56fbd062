"""How a check was made, what an incident is, and what must be done about it."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Way(LabelledEnum):
    CALL = "call", _("电话或视频")
    VISIT = "visit", _("到现场")
    MENTOR = "mentor", _("问单位指导人")


class IncidentKind(LabelledEnum):
    INJURY = "injury", _("受伤")
    ILLNESS = "illness", _("急病")
    MISSING = "missing", _("联系不上")
    CONFLICT = "conflict", _("冲突")
    OTHER = "other", _("别的要紧事")


class Step(LabelledEnum):
    """In the order in which they are due."""

    RESCUE = "rescue", _("救治")
    LEADER = "leader", _("报告校领导")
    GUARDIAN = "guardian", _("告诉监护人")
    AUTHORITY = "authority", _("报告主管部门")
    INSURER = "insurer", _("向保险公司报案")
    COUNSELLING = "counselling", _("心理抚慰")
    CLAIM = "claim", _("保险理赔")
    AFTERCARE = "aftercare", _("善后")
