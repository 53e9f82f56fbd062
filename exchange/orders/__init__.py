"""Changes of status by typed, numbered order: drafted, checked by rules, confirmed, and cancelled if need be."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.orders import outline, policy, views  # noqa: F401  # the outline registers itself
    from exchange.orders.events import OrderEvent
    from exchange.orders.models import StatusOrder
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(OrderEvent)
    belongs_to(StatusOrder, policy.visible_to)
    add_section_tab("students.index", _("异动"), "orders.index", Permission.ORDER_VIEW, order=30)
    add_section_tab("students.index", _("人数"), "orders.counts", Permission.ORDER_VIEW, order=90)
    add_record_tab("student", _("异动"), "orders.of_student", Permission.ORDER_VIEW)
    depends("order_member", _("学籍异动单"))
