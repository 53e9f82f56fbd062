"""An installation with one channel besides the inbox."""

import pytest

from exchange.messages import channels
from tests.factories.messages import Pigeon


@pytest.fixture
def pigeon(monkeypatch):
    bird = Pigeon()
    monkeypatch.setattr(channels, "_channels", {bird.name: bird})
    return bird
