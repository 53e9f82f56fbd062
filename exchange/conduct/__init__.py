"""How students conduct themselves: an assessment with a comment for every student and term."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.audit import events
    from exchange.conduct import views
    from exchange.conduct.events import ConductEvent
    from exchange.core.i18n import _
    from exchange.core.navigation import add_record_tab, add_section_tab
    from exchange.students.queries import depends

    app.register_blueprint(views.bp)
    events.register(ConductEvent)
    add_section_tab("students.index", _("操行"), "conduct.index", Permission.CONDUCT_VIEW, order=45)
    add_record_tab("student", _("操行"), "conduct.of_student", Permission.CONDUCT_READ)
    depends("conduct_assessment", _("操行评定"))
