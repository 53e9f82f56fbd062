"""The life of a batch and of an appeal: from where to where, by whom, recorded as what."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.selection.events import SelectionEvent as Event
from exchange.selection.models import AppealStatus, BatchStatus

Is = BatchStatus
BATCH_WORKFLOW = Workflow(
    Transition("announce", _("发布"), {Is.DRAFT}, Is.ANNOUNCED, May.SELECTION_MANAGE, Event.ANNOUNCED),
    Transition("publish", _("公布结果"), {Is.ANNOUNCED}, Is.PUBLISHED, May.SELECTION_MANAGE, Event.PUBLISHED),
)
_PENDING = {AppealStatus.PENDING}
APPEAL_WORKFLOW = Workflow(
    Transition("uphold", _("申诉成立"), _PENDING, AppealStatus.UPHELD, May.SELECTION_DECIDE, Event.APPEAL_DECIDED),
    Transition(
        "dismiss", _("维持原结果"), _PENDING, AppealStatus.DISMISSED, May.SELECTION_DECIDE, Event.APPEAL_DECIDED
    ),
)
