"""Files that prove something, such as decisions and applications; each hangs on a record of some feature."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.attachments import views
    from exchange.attachments.events import AttachmentEvent
    from exchange.audit import events

    app.register_blueprint(views.bp)
    events.register(AttachmentEvent)
