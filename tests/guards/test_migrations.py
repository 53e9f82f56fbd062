"""The migrations lead to the models, on the database of this run."""

import flask_migrate
import pytest
from sqlalchemy import inspect, text

from exchange import create_app
from exchange.core.database import Base, db
from tests import services
from tests.conftest import KEY


@pytest.fixture
def empty_app(tmp_path):
    """An application whose database holds nothing."""
    postgresql = services.database() == "postgresql"
    url = services.postgresql_url("migrations") if postgresql else f"sqlite:///{tmp_path / 'empty.db'}"
    application = create_app(TESTING=True, DATABASE_URL=url, SECRET_KEY="only for tests", FIELD_KEYS=KEY)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def test_migrations_of_an_empty_database_lead_to_the_models(empty_app, capsys):
    flask_migrate.upgrade()

    try:
        flask_migrate.check()
    except SystemExit:
        pytest.fail(f"flask db migrate is needed: {capsys.readouterr()}")


def test_migrations_can_be_repeated(empty_app):
    flask_migrate.upgrade()
    flask_migrate.upgrade()

    assert set(inspect(db.engine).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def test_migrations_name_every_constraint(empty_app):
    flask_migrate.upgrade()
    found = inspect(db.engine)

    nameless = [
        (table, constraint)
        for table in Base.metadata.tables
        for constraint in [*found.get_unique_constraints(table), *found.get_foreign_keys(table)]
        if not constraint["name"]
    ]

    assert nameless == []


def test_there_is_one_line_of_migrations(empty_app):
    flask_migrate.upgrade()

    assert len(db.session.execute(text("SELECT version_num FROM alembic_version")).all()) == 1
