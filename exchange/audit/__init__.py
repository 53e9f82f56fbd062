"""The audit trail: who did what to which record, when, and why."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.events import AccountEvent, happened
    from exchange.accounts.roles import Permission
    from exchange.audit import events, service, views
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu

    app.register_blueprint(views.bp)
    events.register(AccountEvent)
    happened.connect(service.record_account_event)
    add_menu(_("审计"), "audit.index", Permission.AUDIT_VIEW, icon="history", order=80)
