"""The words of agreements: what is signed, by whom, on which way, what is amended and why something ends early."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class DocumentKind(LabelledEnum):
    AGREEMENT = "agreement", _("三方协议")
    CONSENT = "consent", _("知情同意书")

    @property
    def parties(self) -> "tuple[Party, ...]":
        """Who signs it, in the order of the paper."""
        return PARTIES[self]


class Party(LabelledEnum):
    SCHOOL = "school", _("学校")
    HOST = "host", _("实习单位")
    STUDENT = "student", _("学生本人")
    GUARDIAN = "guardian", _("监护人")


PARTIES = {
    DocumentKind.AGREEMENT: (Party.SCHOOL, Party.HOST, Party.STUDENT, Party.GUARDIAN),
    DocumentKind.CONSENT: (Party.STUDENT, Party.GUARDIAN),
}


class Route(LabelledEnum):
    """On which way somebody has signed."""

    LINK = "link", _("手机链接")
    ACCOUNT = "account", _("本人账号")
    ON_SITE = "on_site", _("当面签字")
    PAPER = "paper", _("纸质签字")


BY_OFFICE = (Route.ON_SITE, Route.PAPER)
"""The ways that the office records."""


class Answer(LabelledEnum):
    SIGNED = "signed", _("已签")
    DECLINED = "declined", _("不同意")


class PayPer(LabelledEnum):
    MONTH = "month", _("月")
    DAY = "day", _("天")


class PayMethod(LabelledEnum):
    BANK = "bank", _("银行转账")
    CASH = "cash", _("现金")


class AmendmentKind(LabelledEnum):
    """What an amendment is about."""

    POST = "post", _("岗位")
    DAYS = "days", _("日期")
    PLACE = "place", _("地点")
    PAY = "pay", _("报酬")
    WORKING_TIME = "working_time", _("工作时间和休息")
    BOARD_LODGING = "board_lodging", _("食宿")


class TerminationReason(LabelledEnum):
    """Why a placement ends early."""

    MUTUAL = "mutual", _("协商一致")
    STUDENT_REQUEST = "student_request", _("学生申请")
    HOST_BREACH = "host_breach", _("单位严重违约")
    STUDENT_BREACH = "student_breach", _("学生严重违反规章或擅自离岗")
    FORCE_MAJEURE = "force_majeure", _("不可抗力或政策")
    HEALTH = "health", _("健康")
    FAMILY = "family", _("家庭原因")
    HOST_CHANGE = "host_change", _("单位经营变化")
    RECALL = "recall", _("学校召回")
    EMPLOYED = "employed", _("转为正式就业")


REASON_HINTS = {
    TerminationReason.STUDENT_REQUEST: _("学生一般提前 7 天书面申请。"),
    TerminationReason.HOST_BREACH: _("不付报酬、违法安排、强迫劳动、高危或夜班。"),
    TerminationReason.STUDENT_BREACH: _("擅自离岗一般指连续 3 天以上。"),
}
"""What goes without saying neither for the office nor in the law; the days are the school's own."""
