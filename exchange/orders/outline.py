"""What a bureau reads of a student's orders: kind, day, number and class; never the ground, never a sanction."""

from exchange.core.i18n import _
from exchange.orders.kinds import OrderKind
from exchange.orders.models import OrderStatus, StatusOrder
from exchange.orders.queries import orders_of
from exchange.students.models import Student
from exchange.students.outline import Line, tells

WITHHELD = {OrderKind.SANCTION, OrderKind.SANCTION_REMOVAL}
"""A matter between school and family."""


@tells
def standing_orders(student: Student) -> list[Line]:
    """The confirmed orders that count for the student."""
    standing = [member.order for member in orders_of(student) if not member.is_cancelled]
    told = [each for each in standing if each.status is OrderStatus.CONFIRMED and each.kind not in WITHHELD]
    return [Line(str(order.kind.label), _numbered(order), order.effective_on) for order in told]


def _numbered(order: StatusOrder) -> str:
    if order.to_class is None:
        return order.number or ""
    return str(_("%(number)s，到%(name)s", number=order.number, name=order.to_class.name))
