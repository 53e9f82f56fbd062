"""What every feature leans on. Core knows no feature."""

from flask import Flask


def init_app(app: Flask) -> None:
    from exchange.core import (
        access,
        cli,
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
        headers,  # first: hooks run from the last to the first, and an answer that another hook puts in needs them, too
        cli,
        encryption,
        storage,
        database,
        i18n,
        access,
        forms,
        limits,
        navigation,
        templating,
        errors,
    ):
        mechanism.init_app(app)
