"""What every feature leans on. Core knows no feature."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.core import (
        access,
        database,
        encryption,
        errors,
        forms,
        headers,
        i18n,
        limits,
        navigation,
        storage,
        templating,
    )

    for mechanism in (
        encryption,
        storage,
        database,
        i18n,
        access,
        forms,
        headers,
        limits,
        navigation,
        templating,
        errors,
    ):
        mechanism.init_app(app)
