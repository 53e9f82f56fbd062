"""The application, its database and its browsers, for every test."""

import base64
import os
import shutil
import threading
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from flask_migrate import upgrade
from hypothesis import settings
from playwright.sync_api import sync_playwright
from sqlalchemy import event
from werkzeug.serving import make_server

from exchange import create_app
from exchange.core.database import Base
from exchange.core.database import db as database
from tests import services, trail
from tests.browser import Browser, Client

CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
settings.register_profile("shared machine", deadline=None)  # timings are measured in benchmarks/
settings.load_profile("shared machine")

KEY = base64.urlsafe_b64encode(b"k" * 32).decode()


@pytest.fixture(scope="session")
def app(tmp_path_factory, worker_id):
    """One application per worker, on the database that the run asks for."""
    folder = tmp_path_factory.mktemp("instance")
    application = create_app(
        TESTING=True,
        DATABASE_URL=_database_url(folder, worker_id),
        QUEUE_URL=f"sqlite:///{folder / 'queue.db'}",
        STORAGE_URL=str(folder / "files"),
        SECRET_KEY="only for tests",
        FIELD_KEYS=KEY,
        SCHOOL_PHONE="0572-0000000",
    )
    application.test_client_class = Client
    with application.app_context():
        upgrade()  # the schema as it is deployed, not as the models would have it
        stop_watching = trail.watch(database.session.session_factory)
        yield application
        stop_watching()
        database.session.remove()
        database.drop_all()
        database.engine.dispose()


def _database_url(folder, worker_id):
    if os.environ.get("EXCHANGE_TEST_DATABASE", "sqlite") == "postgresql":
        return services.postgresql_url(worker_id)
    return f"sqlite:///{folder / 'test.db'}"


@pytest.fixture
def db(app):
    """The database, empty again after the test."""
    yield database
    empty()


def empty():
    """Take every row out of the database."""
    database.session.remove()
    with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            connection.execute(table.delete())


@contextmanager
def impatient():
    """A connection that does not wait for anybody; it is closed for good, so that nobody else is impatient after it."""
    with database.engine.connect() as connection:
        connection.detach()
        if database.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
        yield connection


@pytest.fixture
def sign_in(app, db):
    """sign_in(user) opens a browser in which the user has signed in."""

    def open_browser(user):
        return Browser(app.test_client(user=user))

    return open_browser


@pytest.fixture
def stranger(app, db):
    """A browser in which nobody has signed in."""
    return Browser(app.test_client())


@pytest.fixture
def address(app, db):
    """Where the application answers to real browsers, on a port of its own."""
    server = make_server("127.0.0.1", 0, _whole(app), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


def _whole(app):
    """Answers in one piece: Werkzeug's server leaves a file open where the browser hangs up in the middle."""

    def answer(environ, start_response):
        pieces = app(environ, start_response)
        try:
            return [b"".join(pieces)]
        finally:
            pieces.close()

    return answer


@pytest.fixture
def runner(app, db):
    """Runs ``flask …`` commands; standard output and standard error are kept apart."""
    return app.test_cli_runner()


@pytest.fixture
def count_queries(app):
    """``with count_queries() as statements:`` counts what reaches the database; ``statements.count`` tells."""

    @contextmanager
    def counting():
        statements = SimpleNamespace(count=0)

        def count(*_arguments):
            statements.count += 1

        event.listen(database.engine, "before_cursor_execute", count)
        yield statements
        event.remove(database.engine, "before_cursor_execute", count)

    return counting


@pytest.fixture(scope="session")
def chromium():
    """One Chromium per worker, the machine's own; a process can hold only one Playwright."""
    with sync_playwright() as playwright:
        program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        # The press narrows the fonts of its own process to those of the papers; Chromium dies without the others.
        environment = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_OPTIONS, env=environment)
        yield browser
        browser.close()
