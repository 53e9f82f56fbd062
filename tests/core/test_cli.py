import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from flask_babel import force_locale
from sqlalchemy import select, text
from sqlalchemy.orm.exc import StaleDataError

from exchange.accounts.models import User
from exchange.core.cli import report, tell, workbook_path, write_whole, writes
from exchange.core.database import db as database
from exchange.core.errors import UsageProblem
from exchange.core.usage import in_words
from tests.conftest import KEY
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
        ("imports", "--nonsense"),
        ("imports",),
        ("nonsense",),
        ("nonsense", "--with", "options"),
    ],
)
def test_unusable_arguments_are_one_line_and_status_2(app, arguments):
    result = app.test_cli_runner().invoke(args=list(arguments))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert len(result.stderr.strip().splitlines()) == 1


def test_group_alone_names_its_commands(app):
    assert "commit、review、undo" in app.test_cli_runner().invoke(args=["imports"]).stderr


def test_help_is_still_there(app):
    runner = app.test_cli_runner()

    assert [runner.invoke(args=[*group, "--help"]).exit_code for group in ([], ["imports"])] == [0, 0]


def test_unknown_command_of_flask_itself_is_one_line_and_status_2():
    ran = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "bogus"],
        cwd=Path(__file__).resolve().parents[2],
        env={**os.environ, "EXCHANGE_DEMO": "1", "EXCHANGE_SECRET_KEY": "x", "EXCHANGE_FIELD_KEYS": KEY},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "没有命令“bogus”。flask --help 列出所有命令。\n"


@pytest.mark.parametrize("name", ["out.txt", "out", "missing/out.xlsx", "."])
def test_workbook_path_refuses_what_is_no_workbook_or_has_no_folder(app, tmp_path, name):
    with pytest.raises(UsageProblem):
        workbook_path(str(tmp_path / name))


def test_write_whole_leaves_nothing_behind_where_it_fails(app, tmp_path):
    (tmp_path / "out.xlsx").mkdir()

    with pytest.raises(UsageProblem):
        write_whole(tmp_path / "out.xlsx", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("placements", "check"), "缺少 FACTS.json。", "FACTS.json is missing."),
        (("placements", "nonsense"), "没有命令“nonsense”。", "There is no command nonsense."),
        (("jobs", "status", "--colour"), "没有选项 --colour。", "There is no option --colour."),
        (("jobs", "status", "now"), "多写了“now”。", "now is too much."),
        (("certificates", "issue", "--kind"), "选项 --kind 后面要写值。", "A value must follow --kind."),
        (
            ("demo", "load", "--students", "many"),
            "--students 要写整数，不是“many”。",
            "--students must be a whole number, not many.",
        ),
        (
            ("certificates", "register", "x.xlsx", "--year", "10000"),
            "--year 不能是 10000，要满足 1<=x<=9999。",
            "--year cannot be 10000; it must keep to 1<=x<=9999.",
        ),
    ],
)
def test_refusals_of_click_speak_our_languages(app, arguments, chinese, english):
    told = app.test_cli_runner().invoke(args=list(arguments)).stderr.strip()
    with force_locale("en"):
        told_in_english = app.test_cli_runner().invoke(args=list(arguments)).stderr.strip()

    assert (told, told_in_english) == (chinese, english)


def test_refusal_that_we_do_not_know_stays_as_it_is():
    assert in_words(click.UsageError("Quite\n  new.")) == "Quite new."


@pytest.mark.parametrize(
    "arguments",
    [
        ("certificates", "issue", "--kind", "enrolment_letter", "--set", "purpose=a\udcffb"),
        ("certificates", "verify", "\udcff"),
        ("imports", "review", "x.xlsx", "--class", "\udcff\udcfe"),
        ("placements", "checklist", "\udcff"),
        ("students", "export", "x.xlsx", "--by", "\udcff"),
    ],
)
def test_bytes_that_are_no_text_are_refused_before_anything_is_done(runner, arguments):
    result = runner.invoke(args=list(arguments))

    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.strip().splitlines()) == 1
    assert "UTF-8" in result.stderr
    assert "?" in result.stderr
