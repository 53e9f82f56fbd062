import base64

import pytest

from exchange import create_app
from exchange.core.database import db as database
from exchange.core.limits import limiter

DEAD_REDIS = "redis://127.0.0.1:1/0"


@pytest.fixture
def limited_site(app, db, tmp_path):
    """limited_site(storage) is the application with its limits on; they belong to the process, so they go back."""

    sites = []

    def build(storage):
        site = create_app(
            DATABASE_URL=app.config["SQLALCHEMY_DATABASE_URI"],
            QUEUE_URL=f"sqlite:///{tmp_path / 'queue.db'}",
            STORAGE_URL=str(tmp_path / "files"),
            SECRET_KEY="only for tests",
            FIELD_KEYS=base64.urlsafe_b64encode(b"k" * 32).decode(),
            RATELIMIT_STORAGE_URI=storage,
        )
        sites.append(site)
        return site

    yield build
    build("memory://")
    for site in sites:
        with site.app_context():
            database.engine.dispose()
    limiter._storage_dead = False


@pytest.mark.parametrize("address", ["/verify/DQZJ-0000", "/m/guess"])
@pytest.mark.parametrize("storage", ["memory://", DEAD_REDIS], ids=["memory", "Redis gone"])
def test_a_stranger_is_stopped_with_a_sentence_once_the_limit_is_reached(limited_site, storage, address):
    visitor = limited_site(storage).test_client()
    statuses = [visitor.get(address).status_code for _attempt in range(70)]
    last = visitor.get(address)

    assert statuses[0] in {200, 404}
    assert set(statuses) == {statuses[0], 429}
    assert last.status_code == 429
    assert "<h1>" in last.text
