"""Demonstration data: one school year told through the services. Nothing imports this package."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.audit import events
    from exchange.demo import cli
    from exchange.demo.events import DemoEvent

    events.register(DemoEvent)
    app.cli.add_command(cli.demo)
