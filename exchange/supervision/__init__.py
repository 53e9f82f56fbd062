"""Looking after interns day by day: checks by the instructor, and incidents with the clock of who must be told."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab
    from exchange.supervision import views
    from exchange.supervision.events import SupervisionEvent

    app.register_blueprint(views.bp)
    events.register(SupervisionEvent)
    view = Permission.SUPERVISION_VIEW
    add_section_tab("placements.index", _("检查"), "supervision.index", view, order=25)
    add_section_tab("placements.index", _("事故"), "supervision.incidents", view, order=50)
