"""What is taught to whom: terms, programmes of study with their courses, and classes."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.audit import events
    from exchange.programmes import models  # noqa: F401  # registers the tables
    from exchange.programmes.events import ProgrammeEvent

    events.register(ProgrammeEvent)
