import json

import click
import pytest
from sqlalchemy import select, text
from sqlalchemy.orm.exc import StaleDataError

from exchange.accounts.models import User
from exchange.core.cli import report, tell, writes
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from tests.core.conftest import add_user

REFUSALS = {"refused": "第 3 行 不能用。", "no-table": "no_such_table", "overtaken": "刚才有人改了", "\udcff": "UTF-8"}


@click.command()
@click.argument("how")
@writes
def probe(how):
    add_user(how)
    if how == "refused":
        raise UsageProblem("第 3 行\n  不能用。")
    if how == "no-table":
        database.session.execute(text("SELECT * FROM no_such_table"))
    if how == "overtaken":
        raise StaleDataError
    tell("写好了。")
    report({"saved": how}, as_json=True)
    return 1 if how == "rejected" else 0


def usernames(db):
    return set(db.session.scalars(select(User.username)))


@pytest.mark.parametrize(("how", "status"), [("done", 0), ("rejected", 1)])
def test_command_commits_and_prints_one_document(runner, db, how, status):
    result = runner.invoke(probe, [how])

    assert result.exit_code == status
    assert json.loads(result.stdout) == {"saved": how}
    assert result.stderr == "写好了。\n"
    assert usernames(db) == {how}


@pytest.mark.parametrize(("how", "words"), REFUSALS.items())
def test_refusal_is_one_line_and_nothing_is_written(runner, db, how, words):
    result = runner.invoke(probe, [how])

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert words in result.stderr
    assert usernames(db) == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("placements", "check"),
        ("placements", "nonsense"),
        ("demo", "load", "--students", "many"),
        ("accounts", "create", "somebody", "--role", "wizard", "--password-stdin"),
        ("imports", "review", "none.xlsx"),
        ("certificates", "issue", "--kind"),
        ("certificates", "register", "register.xlsx", "--year", "9" * 20),
        ("placements", "checklist", "9" * 20),
    ],
)
def test_unusable_arguments_are_one_line_and_status_2(app, arguments):
    result = app.test_cli_runner().invoke(args=list(arguments))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1
