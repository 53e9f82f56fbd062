"""The migrations lead to the models, on the database of this run."""

import flask_migrate
import pytest
from sqlalchemy import inspect, select, text

from exchange import create_app
from exchange.core.database import Base, db
from exchange.programmes.models import BasicSubject, PlannedCourse, ProgrammeVersion
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


def test_courses_of_before_versions_become_the_first_version_in_force(empty_app):
    flask_migrate.upgrade(revision="0021")
    born = "'2026-09-01 00:00:00'"
    for number, major in ((1, "740104"), (2, "740201")):
        db.session.execute(
            text(
                "INSERT INTO programme (id, created_at, major, name, intake_year, length_years) "
                f"VALUES ({number}, {born}, '{major}', '专业', 2026, 3)"
            )
        )
    for code, name, kind in (("A", "英语（一）", 1), ("E", "茶艺", 4), ("D", "岗位实习", 7)):
        db.session.execute(
            text(
                "INSERT INTO course (created_at, programme_id, code, name, kind, hours, credits, term_of_study, "
                f"pass_score) VALUES ({born}, 1, '{code}', '{name}', '{kind}', 72, 4, 1, 60)"
            )
        )
    db.session.commit()

    flask_migrate.upgrade()

    versions = db.session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.programme_id)).all()
    assert [(each.number, each.status.value) for each in versions] == [(1, "in_force"), (1, "draft")]
    planned = db.session.scalars(select(PlannedCourse).order_by(PlannedCourse.code)).all()
    assert {each.version_id for each in planned} == {versions[0].id}
    assert [(each.code, each.subject, each.is_elective, each.practice_hours, each.weights) for each in planned] == [
        ("A", BasicSubject.FOREIGN_LANGUAGE, False, 0, []),
        ("D", None, False, 72, []),
        ("E", None, True, 0, []),
    ]
