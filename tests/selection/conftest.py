"""What a person finds on the home page about selection."""

import pytest

from exchange.selection.queries.waiting import waiting_for


@pytest.fixture
def home(app):
    """home(user) → the titles of what waits for the person."""

    def titles(user):
        with app.test_request_context():
            return [str(row.title) for row in waiting_for(user)]

    return titles
