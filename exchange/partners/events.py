"""What the audit trail can say about projects, host organisations and posts."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class PartnerEvent(LabelledEnum):
    PROJECT_CREATED = "cooperation_project.created", _("建立协作项目")
    PROJECT_CHANGED = "cooperation_project.changed", _("修改协作项目")
    QUOTAS_SET = "cooperation_project.quotas_set", _("设定招生名额")
    REGIONS_GRANTED = "user.regions_granted", _("设定教育局账号的地区")
    HOST_CREATED = "host_organisation.created", _("登记实习单位")
    HOST_CHANGED = "host_organisation.changed", _("修改实习单位")
    INSPECTION_RECORDED = "host_organisation.inspection_recorded", _("登记考察报告")
    CREDIT_CHECK_RECORDED = "host_organisation.credit_check_recorded", _("登记信用和安全核查")
    APPROVAL_RECORDED = "host_organisation.approval_recorded", _("登记党组织会议研究确定")
    PUBLICATION_RECORDED = "host_organisation.publication_recorded", _("登记名单公开")
    PLAN_RECORDED = "host_organisation.plan_recorded", _("登记实习方案")
    POST_CREATED = "post.created", _("登记岗位")
    POST_CHANGED = "post.changed", _("修改岗位")
