"""Who we work with: cooperation projects and partner bureaus, host organisations and their posts."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu, add_section_tab
    from exchange.partners import views
    from exchange.partners.events import PartnerEvent

    app.register_blueprint(views.bp)
    events.register(PartnerEvent)
    add_menu(_("单位"), "partners.index", Permission.PARTNER_VIEW, icon="building", order=35)
    add_section_tab("partners.index", _("单位"), "partners.index", Permission.PARTNER_VIEW, order=10)
    add_section_tab("partners.index", _("协作项目"), "partners.projects", Permission.PARTNER_VIEW, order=20)
