"""The home of each role: what waits for this person today."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.core.i18n import _
    from exchange.core.navigation import add_menu
    from exchange.dashboard import views

    app.register_blueprint(views.bp)
    add_menu(_("今日"), "dashboard.index", None, icon="home", order=0)
