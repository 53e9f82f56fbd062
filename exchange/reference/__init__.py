"""Code tables that the state and the standards give: areas, ethnic groups, majors, value lists and the work calendar.

Everything here is package data or comes from a library; nothing needs a database or an application context.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to register: the tables are read where they are asked for."""
