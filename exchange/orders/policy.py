"""On which orders a user may act. Roles stand in accounts/roles.py, statuses in workflow.py."""

from sqlalchemy import Select, exists, select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.orders.kinds import KINDS
from exchange.orders.models import OrderMember, OrderStatus, StatusOrder
from exchange.students import policy as students
from exchange.students.models import Student

ALL_ORDERS = {Role.PRINCIPAL, Role.REGISTRAR}


def visible_to(user: User) -> Select[StatusOrder]:
    """The orders this user may see: those that are about students for whom the user answers, and no one else."""
    orders = select(StatusOrder)
    if user.roles & ALL_ORDERS:
        return orders
    within = students_of(user).with_only_columns(Student.id)
    about = select(OrderMember.id).where(OrderMember.order_id == StatusOrder.id)
    return orders.where(
        exists(about.where(OrderMember.student_id.in_(within))),
        ~exists(about.where(OrderMember.student_id.not_in(within))),
    )


def students_of(user: User) -> Select[Student]:
    """The students of whose orders this user may read: an order tells of illness and of family matters."""
    return select(Student) if user.roles & ALL_ORDERS else students.in_charge_of(user)


def can_change(user: User, order: StatusOrder) -> bool:
    """A draft is open to change; a confirmed order is never changed."""
    return user.may(Permission.ORDER_DRAFT) and order.status is OrderStatus.DRAFT


def can_confirm(user: User, order: StatusOrder) -> bool:
    """What the leadership decides, the principal confirms."""
    return user.may(Permission.ORDER_CONFIRM) and (user.has(Role.PRINCIPAL) or not KINDS[order.kind].by_principal)
