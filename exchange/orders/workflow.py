"""The life of an order: from where to where, by whom, recorded as what. The rules are those of its kind."""

from exchange.accounts.roles import Permission as May
from exchange.core.i18n import _
from exchange.core.workflow import Transition, Workflow
from exchange.orders.events import OrderEvent as Event
from exchange.orders.models import OrderStatus as Is

ORDER_WORKFLOW = Workflow(
    Transition("confirm", _("确认"), {Is.DRAFT}, Is.CONFIRMED, May.ORDER_CONFIRM, Event.CONFIRMED),
    Transition("cancel", _("撤销"), {Is.CONFIRMED}, Is.CANCELLED, May.ORDER_CONFIRM, Event.CANCELLED),
)
