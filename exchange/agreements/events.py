"""What the audit trail can say about agreements."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AgreementEvent(LabelledEnum):
    ISSUED = "agreement.issued", _("出具协议和同意书")
    SIGNED = "agreement.signed", _("签字")
    DECLINED = "agreement.declined", _("不同意")
    AMENDED = "agreement.amended", _("变更协议")
    TERMINATED = "agreement.terminated", _("登记提前终止")
