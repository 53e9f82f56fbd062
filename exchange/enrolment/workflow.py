"""The way of an applicant to the register: from where to where, by whom, recorded as what, under which rules."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.enrolment import rules
from exchange.enrolment.events import EnrolmentEvent as Event
from exchange.enrolment.models import ApplicantStatus as Is

OPEN = frozenset({Is.APPLIED, Is.ADMITTED, Is.ARRIVED})
NOT_TAKEN = frozenset({Is.REJECTED, Is.DECLINED, Is.FORFEITED})
TAKING_A_PLACE = frozenset({Is.ADMITTED, Is.ARRIVED, Is.REGISTERED})

APPLICANT_WORKFLOW = Workflow(
    Transition("admit", _("录取"), {Is.APPLIED}, Is.ADMITTED, May.ENROLMENT_ADMIT, Event.ADMITTED, rules.ADMISSION),
    Transition("arrive", _("到了"), {Is.ADMITTED}, Is.ARRIVED, May.ENROLMENT_RECEIVE, Event.ARRIVED),
    Transition(
        "register", _("注册"), {Is.ARRIVED}, Is.REGISTERED, May.ENROLMENT_MANAGE, Event.REGISTERED, rules.REGISTRATION
    ),
    Transition("reject", _("不录取"), {Is.APPLIED, Is.ADMITTED}, Is.REJECTED, May.ENROLMENT_ADMIT, Event.REJECTED),
    Transition("decline", _("放弃"), OPEN, Is.DECLINED, May.ENROLMENT_MANAGE, Event.DECLINED),
    Transition("forfeit", _("视为放弃入学资格"), {Is.ADMITTED}, Is.FORFEITED, May.ENROLMENT_MANAGE, Event.FORFEITED),
    Transition("undo-arrival", _("撤销报到"), {Is.ARRIVED}, Is.ADMITTED, May.ENROLMENT_RECEIVE, Event.ARRIVAL_UNDONE),
    Transition("reconsider", _("重新考虑"), NOT_TAKEN, Is.APPLIED, May.ENROLMENT_ADMIT, Event.RECONSIDERED),
)
