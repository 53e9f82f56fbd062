"""The press knows no feature, so its tests need no database: a bare application that can translate is enough."""

import pytest
from flask import Flask

from exchange.core import i18n


@pytest.fixture(scope="session")
def bare_application():
    application = Flask("press")
    i18n.init_app(application)
    return application


@pytest.fixture(autouse=True)
def translations(bare_application):
    with bare_application.app_context():
        yield
