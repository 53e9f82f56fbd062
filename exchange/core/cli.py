"""What every command shares: one JSON document on standard output, one sentence for unusable input, the actor."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy.exc import DataError, OperationalError, ProgrammingError
from sqlalchemy.orm.exc import StaleDataError

from exchange.core.database import db, read_only
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.i18n import _, listed
from exchange.core.usage import in_words, require_text

Command = Callable[..., Any]

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
by_option = click.option("--by", metavar="USERNAME", help="Who does this; left out, the command line is recorded.")


class Group(AppGroup):
    """The commands of a feature. Unusable arguments are one line on standard error and status 2, like any refusal."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """A group alone does nothing, so it is refused like any other unusable line; it names its commands."""
        if not args and not ctx.resilient_parsing:
            commands = listed(self.list_commands(ctx))
            tell(str(_("flask %(group)s 后面要写命令：%(commands)s。", group=self.name, commands=commands)))
            ctx.exit(2)
        with _one_line(ctx):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _one_line(ctx):
            return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        require_text(args)
        return super().resolve_command(ctx, args)


class Commands(AppGroup):
    """All commands of the application; one that does not exist is refused in one line, too."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        command = super().get_command(ctx, cmd_name)
        if command is None and not ctx.resilient_parsing:
            tell(str(_("没有命令“%(name)s”。flask --help 列出所有命令。", name=cmd_name)))
            ctx.exit(2)
        return command


@contextmanager
def _one_line(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except click.UsageError as unusable:
        tell(in_words(unusable))
        ctx.exit(2)


def report(document: Any, *, as_json: bool, words: str = "") -> None:
    """Print the document as JSON, or the words for people."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))
    elif words:
        click.echo(words)
    else:
        click.echo(json.dumps(document, ensure_ascii=False, indent=1, default=str))


def tell(words: str) -> None:
    """Words for people beside the document, on standard error."""
    click.echo(words, err=True)


def workbook_path(file: str) -> Path:
    """Where a workbook can be written. Raises ``UsageProblem`` for another ending and for a missing folder."""
    path = Path(file)
    if path.suffix.lower() != ".xlsx":
        raise UsageProblem(_("导出的文件名要以 .xlsx 结尾，不是“%(file)s”。", file=file))
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UsageProblem(_("写不了 %(path)s：没有这个文件夹。", path=file))
    return path


def write_whole(path: Path, content: bytes) -> None:
    """The file appears whole or not at all."""
    temporary = path.with_name(path.name + ".part")
    try:
        temporary.write_bytes(content)
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageProblem(_("写不了 %(path)s：%(reason)s", path=path, reason=error.strerror)) from None


def writes(command: Command) -> Command:
    """One command, one transaction; a refusal is one line on standard error and status 2, with nothing written.

    The command may return an exit status.
    """

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        with _refusals():
            status = command(*args, **kwargs)
            db.session.commit()
        if status:
            sys.exit(status)

    return guarded


def reads(command: Command) -> Command:
    """A command that writes nothing: SQLite takes no lock for it. Refusals and status as with ``writes``."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        reading = read_only.set(True)
        try:
            with _refusals():
                status = command(*args, **kwargs)
        finally:
            db.session.rollback()
            read_only.reset(reading)
        if status:
            sys.exit(status)

    return guarded


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except DomainError as refusal:
        _give_up(str(refusal))
    except UnicodeEncodeError as failure:  # bytes that no terminal types
        _give_up(str(_("第 %(position)s 个字节处不是 UTF-8 编码。", position=failure.start + 1)))
    except StaleDataError:
        _give_up(str(_("刚才有人改了这条记录。请刷新页面，看看现在的内容再试。")))
    except (OperationalError, ProgrammingError, DataError) as failure:  # no server, no tables, no disk, no such text
        _give_up(str(_("数据库不能使用（%(reason)s）。flask doctor 会说明缺少什么。", reason=str(failure.orig))))
    except OSError as failure:
        _give_up(str(_("文件不能读写（%(reason)s）。", reason=f"{failure.strerror}: {failure.filename}")))


def _give_up(sentence: str) -> None:
    db.session.rollback()
    tell(" ".join(sentence.split()))
    sys.exit(2)


def init_app(app: Flask) -> None:
    app.cli = Commands(name=app.name)
