"""Code tables that the state and the standards give: areas, ethnic groups, majors, value lists and the work calendar.

Everything here is package data or comes from a library; nothing needs a database, only ``names`` asks for a language.
"""

from flask import Flask

from exchange.reference.names import named


def init_app(app: Flask) -> None:
    """A filter for templates; the tables themselves are read where they are asked for."""
    app.jinja_env.filters["named"] = named
