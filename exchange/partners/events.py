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
    POST_CREATED = "post.created", _("登记岗位")
    POST_CHANGED = "post.changed", _("修改岗位")
