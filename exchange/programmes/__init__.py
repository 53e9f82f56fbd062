"""What is taught to whom: terms, programmes of study with their courses, and classes."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.programmes import models  # noqa: F401  # registers the tables
