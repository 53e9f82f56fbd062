"""The life of a version of a programme: drafted, approved and put in force, replaced by the next one."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.programmes.events import ProgrammeEvent as Event
from exchange.programmes.models import VersionStatus as Is

VERSION_WORKFLOW = Workflow(
    Transition(
        "put_in_force", _("批准施行"), {Is.DRAFT}, Is.IN_FORCE, May.PROGRAMME_MANAGE, Event.VERSION_PUT_IN_FORCE
    ),
    Transition("replace", _("由新版本替代"), {Is.IN_FORCE}, Is.REPLACED, May.PROGRAMME_MANAGE, Event.VERSION_REPLACED),
)
