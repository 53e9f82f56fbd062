"""Complaints from internships: one tap for a kept card, a ledger with owner, deadline and result (article 45)."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.complaints import views
    from exchange.complaints.events import ComplaintEvent
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab

    app.register_blueprint(views.bp)
    events.register(ComplaintEvent)
    add_section_tab("placements.index", _("投诉"), "complaints.index", Permission.COMPLAINT_VIEW, order=40)
    add_section_tab("placements.mine", _("反映问题"), "complaints.mine", Permission.COMPLAINT_RAISE, order=40)
