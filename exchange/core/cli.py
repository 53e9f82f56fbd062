"""What every command shares: one JSON document on standard output, one sentence for unusable input, the actor."""

import json
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from exchange.core.database import db
from exchange.core.errors import DomainError
from exchange.core.i18n import _

Command = Callable[..., Any]

json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
by_option = click.option("--by", metavar="USERNAME", help="Who does this; left out, the command line is recorded.")


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


def writes(command: Command) -> Command:
    """One command, one transaction; a refusal is one line on standard error and status 2, with nothing written.

    The command may return an exit status.
    """

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            status = command(*args, **kwargs)
            db.session.commit()
        except DomainError as refusal:
            db.session.rollback()
            tell(" ".join(str(refusal).split()))
            sys.exit(2)
        except (OperationalError, ProgrammingError) as failure:  # no server, no tables, no disk
            db.session.rollback()
            reason = " ".join(str(failure.orig).split())
            tell(str(_("数据库不能使用（%(reason)s）。flask doctor 会说明缺少什么。", reason=reason)))
            sys.exit(2)
        if status:
            sys.exit(status)

    return guarded


reads = writes
"""A reading command is guarded alike; it has nothing to commit."""
