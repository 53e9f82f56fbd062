"""An installation of its own: a database at the newest migration, in a folder of the test."""

import base64
import socket

import pytest
from flask_migrate import upgrade

from exchange import create_app
from exchange.core.database import db


@pytest.fixture
def installation(tmp_path):
    """An application whose tables came from the migrations."""
    application = create_app(
        TESTING=True,
        DATABASE_URL=f"sqlite:///{tmp_path / 'exchange.db'}",
        QUEUE_URL=f"sqlite:///{tmp_path / 'queue.db'}",
        STORAGE_URL=str(tmp_path / "files"),
        SECRET_KEY="only for tests",
        FIELD_KEYS=base64.urlsafe_b64encode(b"k" * 32).decode(),
    )
    with application.app_context():
        upgrade()
        yield application
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def unused_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
