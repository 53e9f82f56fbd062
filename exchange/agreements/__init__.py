"""Agreement and consent form of a placement: texts in versions, signatures on three ways, and who is missing."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.agreements import policy, service, views
    from exchange.agreements.events import AgreementEvent
    from exchange.agreements.links import ConsentByLink, SignByLink
    from exchange.agreements.models import Signature
    from exchange.attachments.policy import belongs_to
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.links import purposes
    from exchange.placements.listeners import on_plan_changed

    app.register_blueprint(views.bp)
    events.register(AgreementEvent)
    on_plan_changed(service.void_for_new_plan)
    for purpose in (SignByLink(), ConsentByLink()):
        purposes.register(purpose)
    belongs_to(Signature, policy.signatures_visible_to)
    add_section_tab("placements.index", _("谁还没签"), "agreements.index", Permission.PLACEMENT_VIEW, order=20)
    add_record_tab("placement", _("协议和签字"), "agreements.of_placement", Permission.PLACEMENT_VIEW)
