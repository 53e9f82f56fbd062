"""What the audit trail can say about papers."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class CertificateEvent(LabelledEnum):
    REQUESTED = "certificate_batch.requested", _("提交开具申请")
    APPROVED = "certificate_batch.approved", _("批准开具")
    RESUMED = "certificate_batch.resumed", _("继续开具")
    DECLINED = "certificate_batch.declined", _("退回申请")
    COMPLETED = "certificate_batch.completed", _("整批开具完成")
    ISSUED = "certificate.issued", _("开具")
    SPOILED = "certificate.spoiled", _("未能印出，编号作废")
    REVOKED = "certificate.revoked", _("作废")
    REPLACES = "certificate.replaces", _("补办的新证书")
    REPLACED = "certificate.replaced", _("补办")
    EXPORTED = "certificate_batch.register_exported", _("导出证书登记表")
