"""No request without the token of its page changes anything."""

import pytest
from sqlalchemy import select

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.core.database import Base
from tests.factories.accounts import UserFactory
from tests.guards.records import make_records
from tests.guards.test_routes import rules

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
BODIES = {
    "form": {"data": {"any": "field", "csrf_token": "forged"}},
    "upload": {"data": {"any": "field"}, "content_type": "multipart/form-data"},
    "script": {"json": {"any": "field"}},
    "text": {"data": '{"any": "field"}', "content_type": "text/plain"},
    "nothing": {},
}


def contents(db):
    db.session.rollback()
    found = {table.name: db.session.execute(select(table)).all() for table in Base.metadata.sorted_tables}
    db.session.rollback()
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


@pytest.mark.parametrize("body", BODIES)
def test_request_without_its_token_is_refused_and_changes_nothing(app, db, body):
    records = make_records()
    everything = UserFactory(assignments=[RoleAssignment(role=role) for role in Role])
    client, before, wrong = app.test_client(user=everything), contents(db), {}

    for rule in rules(app):
        for method in rule.methods & UNSAFE:
            url = app.url_map.bind("localhost").build(rule.endpoint, {name: records[name] for name in rule.arguments})
            with client.open(url, method=method, **BODIES[body]) as answer:
                if answer.status_code < 400:
                    wrong[f"{method} {rule.rule}"] = answer.status_code

    assert wrong == {}
    assert contents(db) == before
