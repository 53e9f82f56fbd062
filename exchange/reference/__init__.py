"""Code tables that the state and the standards give: areas, ethnic groups, majors, value lists and the work calendar.

Everything here is package data or comes from a library; nothing needs a database, only ``names`` asks for a language.
"""

from pathlib import Path

from flask import Flask

from exchange.reference.names import named


def init_app(app: Flask) -> None:
    """A filter for templates and the commands; the tables themselves are read where they are asked for."""
    from exchange.reference import calendar, cli

    app.cli.add_command(cli.reference)
    calendar.keep_notices_in(Path(app.instance_path) / "calendar")
    app.jinja_env.filters["named"] = named
