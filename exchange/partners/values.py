"""Kinds of hosts, places, effort and dangers, with labels; the facts of a placement use the same words."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class Venue(LabelledEnum):
    """What kind of place it is (``interface.md`` §4)."""

    HOTEL = "HOTEL", _("酒店")
    RESTAURANT = "RESTAURANT", _("餐厅")
    OFFICE = "OFFICE", _("办公室")
    FACTORY = "FACTORY", _("工厂")
    SHOP = "SHOP", _("商店")
    SCHOOL = "SCHOOL", _("学校")
    HOSPITAL = "HOSPITAL", _("医院")
    BAR = "BAR", _("酒吧")
    NIGHTCLUB = "NIGHTCLUB", _("夜总会")
    KARAOKE = "KARAOKE", _("歌厅")
    BATH_CENTRE = "BATH_CENTRE", _("洗浴中心")
    ARCADE = "ARCADE", _("电子游戏厅")
    INTERNET_CAFE = "INTERNET_CAFE", _("网吧")
    OTHER = "OTHER", _("其他")


class LegalStatus(LabelledEnum):
    """Whether the law knows the host as a person, as a body without one, or not at all."""

    LEGAL_PERSON = "LEGAL_PERSON", _("法人")
    UNINCORPORATED = "UNINCORPORATED", _("非法人组织")
    NONE = "NONE", _("未登记")


class LabourIntensity(LabelledEnum):
    """GB 3869; III and IV are forbidden for interns."""

    I = "I", _("Ⅰ级（轻）")  # noqa: E741  # the standard's own name
    II = "II", _("Ⅱ级（中）")
    III = "III", _("Ⅲ级（重）")
    IV = "IV", _("Ⅳ级（极重）")


class Hazard(LabelledEnum):
    """Kinds of dangerous work (``interface.md`` §4)."""

    HEIGHT = "HEIGHT", _("高处作业")
    UNDERGROUND = "UNDERGROUND", _("井下作业")
    RADIATION = "RADIATION", _("放射性物质")
    TOXIC = "TOXIC", _("有毒作业")
    DUST = "DUST", _("粉尘作业")
    FLAMMABLE_EXPLOSIVE = "FLAMMABLE_EXPLOSIVE", _("易燃易爆、灼烫")
    COLD_WATER = "COLD_WATER", _("冷水作业")
    HEAT = "HEAT", _("高温作业")
    LOW_TEMPERATURE = "LOW_TEMPERATURE", _("低温作业")
    HEAVY_LIFTING = "HEAVY_LIFTING", _("负重作业")
    VIBRATING_TOOLS = "VIBRATING_TOOLS", _("振动工具")
    FORCED_POSTURE = "FORCED_POSTURE", _("强迫体位")
    DIVING = "DIVING", _("潜水、涵洞作业")
    ALTITUDE = "ALTITUDE", _("高原作业")
    BOILER = "BOILER", _("锅炉司炉")
    OTHER_HIGH_RISK = "OTHER_HIGH_RISK", _("其他较高安全风险")


INSPECTION_ITEMS = {
    "qualification": _("单位资质"),
    "credit": _("诚信状况"),
    "management": _("管理水平"),
    "post_content": _("实习岗位性质和内容"),
    "working_time": _("工作时间"),
    "working_environment": _("工作环境"),
    "living_environment": _("生活环境"),
    "health": _("健康保障"),
    "safety": _("安全防护"),
}
"""The nine contents of the report of an inspection (article 7)."""

PLAN_SECTIONS = {
    "requirements": _("岗位要求"),
    "objectives": _("实习目标"),
    "tasks": _("实习任务"),
    "standards": _("实习标准"),
    "preparation": _("实习准备"),
    "assessment": _("考核要求"),
    "safeguards": _("保障措施"),
}
"""The seven sections of a plan (article 8)."""
