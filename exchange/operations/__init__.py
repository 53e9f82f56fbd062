"""Running the installation: what the machine needs, whether all is well, the server."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.operations import cli, views

    app.register_blueprint(views.bp)
    app.cli.add_command(cli.operations)
    app.cli.add_command(cli.doctor)
    app.cli.add_command(cli.documentation)
