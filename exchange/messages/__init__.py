"""Messages to people with an account: the inbox, other channels such as e-mail, what arrived, and reminders."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.models import with_user
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu
    from exchange.messages import email, queries, tasks, views  # noqa: F401  # tasks register themselves
    from exchange.messages.channels import add_channel
    from exchange.messages.events import MessageEvent

    app.register_blueprint(views.bp)
    events.register(MessageEvent)
    with_user("messages", queries.unread_of_user)
    add_channel(email.EMAIL)
    add_menu(_("发送记录"), "messages.deliveries", Permission.MESSAGE_LOG, icon="report", order=90)
