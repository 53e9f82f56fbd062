"""The press knows no feature, so its tests need no database: a bare application that can translate is enough."""

import pytest
from flask import Flask

from exchange.core import i18n


@pytest.fixture(scope="session", autouse=True)
def translations():
    application = Flask("press")
    i18n.init_app(application)
    with application.app_context():
        yield
