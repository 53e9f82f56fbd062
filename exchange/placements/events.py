"""What the audit trail can say about placements."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class PlacementEvent(LabelledEnum):
    PLANNED = "placement.planned", _("安排实习")
    CHANGED = "placement.changed", _("修改实习安排")
    APPROVED = "placement.approved", _("批准")
    RETURNED = "placement.returned", _("退回")
    STARTED = "placement.started", _("上岗")
    ENDED = "placement.ended", _("实习结束")
    TERMINATED = "placement.terminated", _("提前终止")
    BROKE = "placement.broke", _("复查发现新问题")
    MENDED = "placement.mended", _("复查：问题已解决")
    CONSENT_RECORDED = "placement.consent_recorded", _("登记知情同意书")
    AGREEMENT_RECORDED = "placement.agreement_recorded", _("登记三方协议")
    SAFETY_TEST_RECORDED = "placement.safety_test_recorded", _("登记安全考核")
    INSURANCE_RECORDED = "placement.insurance_recorded", _("登记实习责任保险")
    FILING_RECORDED = "placement.filing_recorded", _("登记备案")
    TRAINING_RECORDED = "placement.training_recorded", _("登记实习前培训")
    LODGING_RECORDED = "placement.lodging_recorded", _("登记住宿")
    SIGNED_VOIDED = "placement.signed_voided", _("签字作废")
    DECLARATION_RECORDED = "placement.declaration_recorded", _("登记收费和证件情况")
