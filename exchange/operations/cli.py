"""``flask operations …`` and ``flask doctor``."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from exchange.config import require_keys
from exchange.core import encryption
from exchange.core.cli import Group, json_option, reads, report
from exchange.core.database import db
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _, listed
from exchange.operations import docs, health, queries, serve
from exchange.operations import doctor as examination

operations = Group("operations", help="Run the installation.")
documentation = Group("docs", help="The pages in docs/reference.")


@click.command()
@json_option
@with_appcontext
@reads
def doctor(as_json):
    """What is missing on this machine, and the exact command that mends it."""
    complaints = examination.examine()
    if as_json:
        report({"well": not complaints, "findings": [asdict(each) for each in complaints]}, as_json=True)
    for complaint in complaints:
        click.echo(f"{complaint.message}\n    {complaint.command}", err=as_json)
    if not complaints:
        click.echo(str(_("一切正常。")), err=as_json)
    return 1 if complaints else 0


@documentation.command("write")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), help="Left out: docs/reference.")
@reads
def write_docs(folder):
    """Write the reference pages anew from the tables of permissions, rules, workflows and commands."""
    app = cast(Any, current_app)._get_current_object()
    for name in docs.write(app, folder or Path(app.root_path).parent / "docs" / "reference"):
        click.echo(name)


@operations.command()
@reads
def new_key():
    """Make a key for EXCHANGE_FIELD_KEYS; it also serves as EXCHANGE_SECRET_KEY."""
    click.echo(encryption.new_key())


@operations.command()
@reads
def inhabited():
    """Status 0 where somebody can sign in, 1 where the database is new."""
    _require_migrated()
    return 0 if queries.has_accounts() else 1


@operations.command()
@reads
def web():
    """The web server alone, for a machine that watches over processes itself."""
    app = _ready_to_serve()
    _let_go_of_the_database()
    serve.run_web(app)


@operations.command("serve")
@reads
def run_both():
    """The web server and the worker, on EXCHANGE_BIND, until stopped."""
    app = _ready_to_serve()
    bind, words = app.config["BIND"], _welcome(app)
    _let_go_of_the_database()
    supervisor = serve.Supervisor(
        web=serve.flask_command("operations", "web"),
        worker=serve.flask_command("jobs", "work"),
        when_ready=lambda: click.echo(words),
    )
    return supervisor.run(is_ready=lambda: serve.accepts_connections(bind))


def _ready_to_serve() -> Flask:
    app = cast(Any, current_app)._get_current_object()
    require_keys(app)
    _require_migrated()
    serve.require_free_address(app.config["BIND"])
    return app


def _let_go_of_the_database() -> None:
    """A process that lives on must hold no transaction, and one that forks no connection."""
    db.session.remove()
    db.engine.dispose()


def _require_migrated() -> None:
    if not all(health.readiness(["database", "migrations"]).values()):
        raise UsageProblem(_("数据库还不能使用，请先运行 flask db upgrade；flask doctor 会说明缺少什么。"))


def _welcome(app: Flask) -> str:
    """The address and, in the demonstration, how to sign in."""
    lines = ["", f"  http://{app.config['BIND']}", ""]
    if app.config["DEMO"]:
        password = Path(app.instance_path) / "demo-password"
        for user in queries.demonstration_users():
            labels = listed(role.label for role in sorted(user.roles))
            lines.append(f"  {user.username:<20}{labels}")
        if password.is_file():
            lines += ["", "  " + str(_("密码 %(password)s", password=password.read_text(encoding="utf-8").strip()))]
    return "\n".join([*lines, "", "  " + str(_("按 Ctrl+C 停止。")), ""])
