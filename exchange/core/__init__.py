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
        navigation,
        storage,
        templating,
    )

    mechanisms = (encryption, storage, database, i18n, access, forms, headers, navigation, templating, errors)
    for mechanism in mechanisms:
        mechanism.init_app(app)
