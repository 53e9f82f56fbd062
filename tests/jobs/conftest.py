"""Tasks that only tests know."""

import pytest

from exchange.jobs import service


@pytest.fixture
def tasks(monkeypatch):
    """The register of tasks; what a test adds is forgotten afterwards."""
    registered = dict(service.TASKS)
    monkeypatch.setattr(service, "TASKS", registered)
    return registered
