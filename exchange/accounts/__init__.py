"""Users, their roles, and signing in."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.accounts import cli, views

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.accounts)
