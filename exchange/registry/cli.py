"""``flask registry``: the board, a check of everybody, a comparison with a file of the national system."""

from pathlib import Path

import click
from sqlalchemy import select

from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.core.cli import Group, by_option, json_option, reads, report, writes
from exchange.core.database import db, today
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.programmes.queries import find_class
from exchange.registry.models import Reconciliation
from exchange.registry.queries import board as queries
from exchange.registry.queries import corrections
from exchange.registry.service import missing, reconciling, states
from exchange.registry.values import Covers, DiscrepancyStatus

registry = Group("registry", help="The national student registry: completeness, deadlines, comparison.")
SOMETHING_OPEN = 1


@registry.command()
@json_option
@reads
def board(as_json):
    """How many records of each batch are complete and sent, what they lack, and how many days are left."""
    rows = [_batch(row) for row in queries.batches(None)]
    words = "\n".join(f"{row['batch']}  {row['due_on']}  {row['complete']}/{row['students']}" for row in rows)
    report({"batches": rows}, as_json=as_json, words=words or str(_("还没有检查过。运行 flask registry check。")))


@registry.command()
@json_option
@writes
def check(as_json):
    """Check the records of everybody on the roll."""
    report({"checked": states.check_all()}, as_json=as_json)


@registry.command()
@click.argument("file", metavar="FILE")
@click.option("--class", "class_name", metavar="CODE", default="", help="Compare only this class.")
@click.option(
    "--covers",
    type=click.Choice([each.value for each in Covers]),
    help="Whether FILE holds everybody; asked where many lack.",
)
@by_option
@json_option
@writes
def reconcile(file, class_name, covers, by, as_json):
    """Compare FILE of the national system with our records; status 1 while something is open or asked."""
    user = actor(by, Permission.REGISTRY_MANAGE)
    if user is None:
        raise UsageProblem(_("比对要写明是谁：加上 --by 用户名。"))
    school_class = corrections.find_class_of(class_name.strip(), find_class)
    run = reconciling.upload(_content(Path(file)), filename=Path(file).name, school_class=school_class, by=user)
    try:
        reconciling.reconcile(run, by=user)
    except UsageProblem:
        reconciling.forget_file(run)
        raise
    if run.is_asking and covers:
        missing.answer(run, is_whole=covers == Covers.ALL, by=user)
    states.catch_up()
    document = _document(run)
    report(document, as_json=as_json)
    return SOMETHING_OPEN if document["open"] or document["asked"] else 0


def _batch(row):
    lacks = queries.lacks(None, row.batch.key)
    return {
        "batch": row.batch.key,
        "due_on": row.batch.due.isoformat(),
        "days_left": row.batch.days_left(today()),
        "students": row.students,
        "complete": row.complete,
        "submitted": row.sent,
        "confirmed": row.confirmed,
        "changed": row.changed,
        "lacks": [{"heading": each.heading, "who": each.who.value, "students": each.students} for each in lacks],
    }


def _document(run: Reconciliation):
    counts = corrections.counts()
    found = db.session.scalars(select(Reconciliation.counts).where(Reconciliation.id == run.id)).one()
    return {
        "reconciliation": run.id,
        "counts": found,
        "asked": len(run.missing or ()),
        "columns": run.headings,
        "unmapped": run.unmapped,
        "open": counts[""] + counts[corrections.NUMBERS],
        "waiting": counts[DiscrepancyStatus.WAITING.value],
    }


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageProblem(_("打不开文件 %(path)s：%(reason)s", path=path, reason=error.strerror)) from None
