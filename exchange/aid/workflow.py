"""The life of an award: from where to where, by whom, recorded as what."""

from exchange.accounts.roles import Permission as May
from exchange.aid.events import AidEvent as Event
from exchange.aid.rules import CLAIM
from exchange.aid.values import AwardStatus as Is
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow

OPEN = frozenset({Is.PLANNED, Is.APPROVED, Is.SUSPENDED})
LIVE = OPEN | {Is.PAID}
"""What counts when somebody asks whether the aid is already given."""

AWARD_WORKFLOW = Workflow(
    Transition("approve", _("批准"), {Is.PLANNED}, Is.APPROVED, May.AID_MANAGE, Event.AWARD_APPROVED, CLAIM),
    Transition("pay", _("登记发放"), {Is.APPROVED}, Is.PAID, May.AID_MANAGE, Event.AWARD_PAID),
    Transition("suspend", _("暂停"), {Is.PLANNED, Is.APPROVED}, Is.SUSPENDED, May.AID_MANAGE, Event.AWARD_SUSPENDED),
    Transition("resume", _("恢复"), {Is.SUSPENDED}, Is.APPROVED, May.AID_MANAGE, Event.AWARD_RESUMED, CLAIM),
    Transition("stop", _("停发"), OPEN, Is.STOPPED, May.AID_MANAGE, Event.AWARD_STOPPED),
    Transition("return", _("收回资助"), {Is.PAID}, Is.RETURNED, May.AID_MANAGE, Event.AWARD_RETURNED),
)
