"""Students who need attention, each with the reasons in words; no score, and no order among them but the roll's."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts.roles import Permission
    from exchange.attention import views
    from exchange.core.i18n import _
    from exchange.core.navigation import add_section_tab

    app.register_blueprint(views.bp)
    add_section_tab("students.index", _("需要关注"), "attention.index", Permission.ATTENTION_VIEW, order=42)
