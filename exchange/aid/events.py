"""What the audit trail can say about aid. Nothing here, and no reason in the trail, names a kind of hardship."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class AidEvent(LabelledEnum):
    STATUS_RECORDED = "poverty_status.recorded", _("登记资助资格")
    STATUS_ENDED = "poverty_status.ended", _("资助资格到期")
    STATUS_VOIDED = "poverty_status.voided", _("作废资助资格登记")
    RULE_SET = "aid_rule.set", _("设定资助标准")
    RULE_ENDED = "aid_rule.ended", _("资助标准到期")
    CARD_RECORDED = "bank_card.recorded", _("登记资助卡")
    AWARD_PLANNED = "award.planned", _("列入资助")
    AWARD_APPROVED = "award.approved", _("批准资助")
    AWARD_PAID = "award.paid", _("资助发放完毕")
    AWARD_RETURNED = "award.returned", _("资助收回")
    AWARD_STOPPED = "award.stopped", _("资助停发")
    AWARD_SUSPENDED = "award.suspended", _("资助暂停发放")
    AWARD_RESUMED = "award.resumed", _("资助恢复发放")
    PAYMENT_RECORDED = "payment.recorded", _("登记发放")
    IMPACT_SETTLED = "impact_done.settled", _("异动后的资助已处理")
    TOTALS_EXPORTED = "award.totals_exported", _("导出资助统计")
