"""What the audit trail can say about batches of internships and their selection."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class SelectionEvent(LabelledEnum):
    BATCH_CREATED = "selection.batch_created", _("建立实习批次")
    BATCH_CHANGED = "selection.batch_changed", _("修改实习批次")
    ANNOUNCED = "selection.announced", _("发布实习批次")
    OPENING_ADDED = "selection.opening_added", _("加入实习名额")
    OPENING_CHANGED = "selection.opening_changed", _("修改实习名额")
    APPLIED = "selection.applied", _("交实习志愿")
    WITHDRAWN = "selection.withdrawn", _("收回实习志愿")
    ROUND_ADDED = "selection.round_added", _("加入选拔环节")
    ROUND_CHANGED = "selection.round_changed", _("修改选拔环节")
    RESULTS_ENTERED = "selection.results_entered", _("录入选拔结果")
    PROPOSED = "selection.proposed", _("生成分配建议")
    OVERRIDDEN = "selection.overridden", _("改动分配")
    PUBLISHED = "selection.published", _("公布实习去向")
    APPEALED = "selection.appealed", _("提出申诉")
    APPEAL_DECIDED = "selection.appeal_decided", _("答复申诉")
    TAKEN_OVER = "selection.taken_over", _("转成实习安排")
