"""What the audit trail can say about checks and incidents."""

from exchange.core.enums import LabelledEnum
from exchange.core.i18n import _


class SupervisionEvent(LabelledEnum):
    CHECKED = "daily_check.recorded", _("记下检查")
    INCIDENT_REPORTED = "incident.reported", _("报告事故")
    STEP_DONE = "incident.step_done", _("办了一步")
    INCIDENT_CLOSED = "incident.closed", _("事故办结")
