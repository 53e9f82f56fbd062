import json

import pytest

from exchange.core import pagination
from tests.factories.accounts import UserFactory


@pytest.mark.parametrize(
    ("asked", "number", "first", "last", "has_next", "shown"),
    [
        ("", 1, 1, 2, True, 2),
        ("?page=2", 2, 3, 4, True, 2),
        ("?page=3", 3, 5, 5, False, 1),
        ("?page=0", 1, 1, 2, True, 2),
        ("?page=-4", 1, 1, 2, True, 2),
        ("?page=first", 1, 1, 2, True, 2),
        ("?page=9", 9, 0, 0, False, 0),
        (f"?page={10**30}", 100_000, 0, 0, False, 0),
    ],
)
def test_page_shows_its_part_of_five_rows(probe, asked, number, first, last, has_next, shown):
    UserFactory.create_batch(5)

    page = json.loads(probe.get(f"/probe/pages{asked}"))

    assert page == [number, first, last, 5, has_next, 3, shown]


def test_page_of_nothing_is_the_only_one(probe):
    assert json.loads(probe.get("/probe/pages")) == [1, 0, 0, 0, False, 1, 0]


def test_count_stops_at_its_limit(probe, monkeypatch):
    monkeypatch.setattr(pagination, "COUNT_LIMIT", 3)
    UserFactory.create_batch(5)

    total = json.loads(probe.get("/probe/pages"))[3]

    assert total == 4
