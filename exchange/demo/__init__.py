"""Demonstration data: one school year told through the services. Nothing imports this package."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.demo import cli

    app.cli.add_command(cli.demo)
