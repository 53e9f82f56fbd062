"""What the audit trail can say about agreements."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AgreementEvent(LabelledEnum):
    ISSUED = "agreement.issued", _("出具协议和同意书")
    VOIDED = "agreement.voided", _("协议作废")
    SIGNED = "agreement.signed", _("签字")
    DECLINED = "agreement.declined", _("不同意")
