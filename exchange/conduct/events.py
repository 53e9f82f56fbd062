"""What the audit trail can say about conduct."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class ConductEvent(LabelledEnum):
    ASSESSED = "conduct.assessed", _("评定操行")
    CHANGED = "conduct.changed", _("修改操行评定")
    RELEASED = "conduct.released", _("公布操行评定")
