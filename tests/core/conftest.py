"""A small application with pages of its own, so that mechanisms are tested without any feature."""

import pytest
from flask import Flask, Response, jsonify, render_template_string
from flask_login import login_user
from sqlalchemy import text
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import abort
from wtforms import StringField
from wtforms.validators import InputRequired

from exchange import create_app
from exchange.accounts.events import AccountEvent
from exchange.accounts.models import User
from exchange.audit.service import record
from exchange.core.access import public, requires, signed_in
from exchange.core.database import db as database
from exchange.core.database import get_or_404, write_apart
from exchange.core.errors import DomainError
from exchange.core.forms import ActionForm, Form
from exchange.core.pagination import paginate
from tests.browser import Browser, Client
from tests.conftest import KEY
from tests.factories.accounts import PASSWORD_HASH


class NoteForm(Form):
    note = StringField("Note", [InputRequired()])


PAGE = """<!doctype html><html lang="zh-Hans"><title>t</title><h1>t</h1>
<form method="post">{{ form.csrf_token }}{{ form.note.label }}{{ form.note }}
{% for error in form.form_errors %}<p>{{ error }}</p>{% endfor %}</form></html>"""


def add_user(name: str) -> User:
    user = User(username=name, name=name, password_hash=PASSWORD_HASH)
    database.session.add(user)
    record(AccountEvent.CREATED, user, by=None)
    return user


def plain(text: str) -> Response:
    return Response(text, mimetype="text/plain")


def add_pages(app: Flask) -> None:
    """Pages that behave well and pages that do not."""

    @app.route("/probe/note", methods=["GET", "POST"])
    @public
    def note():
        form = NoteForm()
        if form.validate_on_submit():
            add_user(form.note.data)
            return plain("saved")
        return render_template_string(PAGE, form=form), form.status_code

    @app.post("/probe/status/<int:code>")
    @public
    def answer(code):
        ActionForm().validate()
        add_user(f"status{code}")
        write_apart(lambda: add_user(f"apart{code}"))
        if code >= 400:
            abort(code)
        return plain(""), code

    @app.get("/probe/write")
    @public
    def write_on_get():
        add_user("written by a get")
        return plain("read")

    @app.post("/probe/careless")
    @public
    def careless():
        add_user("careless")
        return plain("saved")


def add_refusing_pages(app: Flask) -> None:
    """Pages that do not let everybody in, or nobody."""

    @app.put("/probe/script")
    @signed_in
    def script():
        return jsonify(saved=True)

    @app.post("/probe/refusal")
    @public
    def refusal():
        raise DomainError("先做别的。")

    @app.post("/probe/overtaken")
    @public
    def overtaken():
        raise StaleDataError

    @app.post("/probe/taken/<when>")
    @public
    def taken(when):
        ActionForm().validate()
        add_user("twice")
        database.session.flush()
        add_user("twice")
        if when == "flush":
            database.session.flush()
        return plain("saved")

    @app.get("/probe/failure")
    @public
    def failure():
        database.session.add(User(username=None))
        database.session.flush()

    @app.get("/probe/no-table")
    @public
    def no_table():
        database.session.execute(text("SELECT * FROM no_such_table"))

    @app.get("/probe/secret")
    @requires("no:permission")
    def secret():
        return plain("secret")


def add_reading_pages(app: Flask) -> None:
    """Pages that look something up."""

    @app.get("/probe/users/<int:user_id>")
    @public
    def show(user_id):
        return get_or_404(database.select(User).where(User.active), user_id).name, {"Content-Type": "text/plain"}

    @app.get("/probe/pages")
    @public
    def pages():
        page = paginate(database.select(User).order_by(User.id), per_page=2)
        return jsonify([page.number, page.first, page.last, page.total, page.has_next, page.pages, len(page.items)])

    @app.get("/probe/sign-in/<int:user_id>")
    @public
    def enter(user_id):
        login_user(database.session.get_one(User, user_id))
        return plain("in")


def build_probe(database_url, folder):
    """The application as it runs for people: errors become pages."""
    probe = create_app(
        DATABASE_URL=database_url,
        QUEUE_URL=f"sqlite:///{folder / 'queue.db'}",
        STORAGE_URL=str(folder / "files"),
        SECRET_KEY="only for tests",
        FIELD_KEYS=KEY,
        RATELIMIT_STORAGE_URI="memory://",
    )
    probe.test_client_class = Client
    for add in (add_pages, add_refusing_pages, add_reading_pages):
        add(probe)
    return probe


@pytest.fixture(scope="session")
def probe_app(app, tmp_path_factory):
    """It shares the database of the tests."""
    return build_probe(app.config["SQLALCHEMY_DATABASE_URI"], tmp_path_factory.mktemp("probe"))


@pytest.fixture
def probe_on_sqlite(app, tmp_path):
    """A browser on the small application with a SQLite of its own, whatever this run tests on."""
    probe = build_probe(f"sqlite:///{tmp_path / 'probe.db'}", tmp_path)
    with probe.app_context():
        database.create_all()
        yield Browser(probe.test_client())
        database.session.remove()
        database.engine.dispose()


@pytest.fixture
def probe(probe_app, db):
    """A browser on the small application."""
    with probe_app.app_context():
        yield Browser(probe_app.test_client())
        database.session.remove()
        database.engine.dispose()
