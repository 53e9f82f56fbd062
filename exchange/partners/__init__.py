"""Who we work with: cooperation projects, host organisations and their posts."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.partners import models  # noqa: F401  # registers the tables
