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
    STUDENT = "student", _("学生")
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
