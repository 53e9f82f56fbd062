"""The life of a request to correct a record: one decision, or taken back by whoever asked."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.students.events import CorrectionEvent as Event
from exchange.students.models import CorrectionStatus as Is

CORRECTION_WORKFLOW = Workflow(
    Transition("approve", _("同意更正"), {Is.PENDING}, Is.APPROVED, May.STUDENT_CORRECT, Event.APPROVED),
    Transition("refuse", _("不予更正"), {Is.PENDING}, Is.REFUSED, May.STUDENT_CORRECT, Event.REFUSED),
    Transition("withdraw", _("撤回申请"), {Is.PENDING}, Is.WITHDRAWN, May.STUDENT_MINE, Event.WITHDRAWN),
)
