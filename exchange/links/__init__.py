"""Links without an account: one question to one person, for a while, answered once."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.audit import events
    from exchange.links import views
    from exchange.links.events import LinkEvent

    app.register_blueprint(views.bp)
    events.register(LinkEvent)
