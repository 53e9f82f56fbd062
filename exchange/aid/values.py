"""The words of aid: kinds, steps and proofs, with labels."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AidKind(LabelledEnum):
    """What a student may be given. Its amounts and conditions stand in ``data/aid_rules.csv``."""

    TUITION_WAIVER = "tuition_waiver", _("免学费")
    NATIONAL_GRANT = "national_grant", _("国家助学金")
    NATIONAL_SCHOLARSHIP = "national_scholarship", _("国家奖学金")
    RAIN_AND_DEW = "rain_and_dew", _("雨露计划")
    EAST_WEST_YUNNAN = "east_west_yunnan", _("东西协作云南资助")
    EAST_WEST_FOUNDATION = "east_west_foundation", _("教育发展基金会资助")
    PREFECTURE_SUBSIDY = "prefecture_subsidy", _("州市生活交通补助")
    LODGING_WAIVER = "lodging_waiver", _("免住宿费")
    IN_KIND = "in_kind", _("实物帮扶")


SHARE = "national_grant_share"
"""Not an aid of its own: how many per cent of the other students may have the national grant."""
BY_COUNTY = frozenset({AidKind.RAIN_AND_DEW, AidKind.EAST_WEST_YUNNAN, AidKind.PREFECTURE_SUBSIDY})
"""Paid by the home region, by its amounts, wherever the student studies."""
BY_DECISION = frozenset({AidKind.NATIONAL_SCHOLARSHIP, AidKind.IN_KIND})
"""Given to those whom somebody has chosen, never to everybody who meets the conditions."""


class Unit(LabelledEnum):
    YUAN = "yuan", _("元")
    PERCENT = "percent", _("百分比")


class PaidPer(LabelledEnum):
    TERM = "term", _("每学期")
    YEAR = "year", _("每学年，分两学期")
    ONCE = "once", _("每学年一次")


class PaidFor(LabelledEnum):
    """Whether brothers and sisters draw it each or once together."""

    PERSON = "person", _("每人")
    HOUSEHOLD = "household", _("每户")


class Item(LabelledEnum):
    """What is given in kind."""

    WINTER_CLOTHES = "winter_clothes", _("冬衣")
    BEDDING = "bedding", _("被褥")
    MEAL_CARD = "meal_card", _("饭卡")
    INSURANCE = "insurance", _("保险")
    TRAVEL_HOME = "travel_home", _("返乡路费")
    LODGING_FEE = "lodging_fee", _("住宿费")
    GIFT = "gift", _("慰问品")


class HardshipLevel(LabelledEnum):
    """教财〔2018〕16号 style, from memory: the school's setting, printed nowhere as law."""

    SEVERE = "1", _("特别困难")
    HARD = "2", _("困难")
    SLIGHT = "3", _("一般困难")


class Evidence(LabelledEnum):
    """What a hardship was seen from."""

    HANDBOOK = "handbook", _("扶贫手册")
    MONITORING = "monitoring", _("全国防返贫监测系统截图")
    TOWNSHIP = "township", _("乡镇证明")
    ASSESSMENT = "assessment", _("学生资助系统认定表")
    ROSTER = "roster", _("名册")


class AwardStatus(LabelledEnum):
    PLANNED = "planned", _("待批准")
    APPROVED = "approved", _("待发放")
    PAID = "paid", _("已发放")
    RETURNED = "returned", _("已收回")
    STOPPED = "stopped", _("已停发")
    SUSPENDED = "suspended", _("暂停发放")

    @property
    def tone(self) -> str:
        """Colour and shape of the tag: what is paid is done, what is approved still waits for money."""
        return TONES.get(self, "waiting")


TONES = {
    AwardStatus.PAID: "done",
    AwardStatus.RETURNED: "warning",
    AwardStatus.STOPPED: "blocked",
    AwardStatus.SUSPENDED: "warning",
}


class Payer(LabelledEnum):
    SCHOOL = "school", _("学校")
    COUNTY = "county", _("户籍县")


class CardHolder(LabelledEnum):
    """Whose card it is: never that of a teacher."""

    STUDENT = "student", _("学生本人")
    HOUSEHOLD = "household", _("监护人")


class Step(LabelledEnum):
    """What a change of status asks of a running grant."""

    SUSPEND = "suspend", _("暂停发放")
    STOP = "stop", _("停止发放")
    RESUME = "resume", _("恢复发放")
    TELL_COUNTY = "tell_county", _("告知户籍县")
