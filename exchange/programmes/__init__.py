"""What is taught to whom: terms, programmes of study with their courses, and classes with their homeroom teachers."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.audit import events
    from exchange.programmes import tasks, views  # noqa: F401  # tasks register themselves
    from exchange.programmes.events import ProgrammeEvent

    app.register_blueprint(views.bp)
    events.register(ProgrammeEvent)
