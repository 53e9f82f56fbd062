"""What the audit trail can say about shift plans."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ShiftEvent(LabelledEnum):
    DRAFTED = "shift.drafted", _("起草排班")
    DAY_CHANGED = "shift.day_changed", _("改一天的班")
    MADE_EFFECTIVE = "shift.made_effective", _("排班生效")
    DISCARDED = "shift.discarded", _("放弃排班草稿")
