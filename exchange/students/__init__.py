"""The people: students' identity, guardians, contacts; the roster that brings them in."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.students import models  # noqa: F401  # registers the tables
