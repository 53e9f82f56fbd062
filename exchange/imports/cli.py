"""``flask imports``: review a file, commit it, undo it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.core.cli import Group, by_option, json_option, report, writes
from exchange.core.database import db, give_way, unlocked
from exchange.core.errors import DomainError, UsageProblem
from exchange.core.i18n import _
from exchange.core.spreadsheets import read
from exchange.imports import queries, service
from exchange.imports.models import Import, ImportStatus
from exchange.imports.places import rows_named
from exchange.imports.report import report as import_report
from exchange.imports.report import words

imports = Group("imports", help="Spreadsheets in: review, commit, undo.")
REJECTED = 1


@imports.command()
@click.argument("file")
@click.option("--kind", default="roster", show_default=True, help="What the sheet holds.")
@click.option("--class", "class_name", metavar="CODE", default="", help="The class that the rows belong to.")
@click.option("--intake", metavar="YEAR/PROJECT", default="", help="The intake that the applicants apply for.")
@click.option("--sender", default="", help="Who sent the sheet; what --map says is kept for the next.")
@click.option(
    "--map",
    "mapped",
    metavar="HEADING=FIELD",
    multiple=True,
    help="Read HEADING as FIELD, or pass it over.",
)
@click.option("--sheet", "sheets", metavar="NAME", multiple=True, help="Read only this sheet, or these.")
@by_option
@json_option
@writes
def review(file, kind, class_name, intake, sender, mapped, sheets, by, as_json):
    """Read FILE and keep what would happen; nothing else is written."""
    user = actor(by, Permission.IMPORT_USE)
    if class_name and intake:
        raise UsageProblem(_("--class 和 --intake 只能写一个。"))
    mapping = dict(map(_pair, mapped))
    content = _content(Path(file))
    with unlocked():
        workbook = read(content, Path(file).name)
    import_ = service.upload(
        content,
        filename=Path(file).name,
        kind=kind,
        target=(class_name or intake).strip(),
        sender=sender,
        mapping=mapping,
        sheets=sheets,
        by=user,
    )
    try:
        service.review(import_, by=user, progress=_give_way, sheets=workbook)
    except UsageProblem:
        service.discard_file(import_)
        raise
    return _print(import_, as_json, REJECTED if import_.rejected else 0)


@imports.command()
@click.argument("import_id", metavar="ID")
@click.option("--rows", metavar="2,3,7", help="Only these rows, by the numbers of the sheet; of several: NAME!2.")
@by_option
@json_option
@writes
def commit(import_id, rows, by, as_json):
    """Write the rows of import ID."""
    user = actor(by, Permission.IMPORT_USE)
    import_ = queries.find_import(_number(import_id))
    service.begin_commit(import_)
    ids = None if rows is None else rows_named(import_, rows)
    before = import_.rejected
    with _noted(import_, ImportStatus.REVIEWED):
        service.commit(import_, ids=ids, by=user, progress=_give_way)
    return _print(import_, as_json, REJECTED if import_.rejected > before else 0)


@imports.command()
@click.argument("import_id", metavar="ID")
@click.option("--reason", default="", help="Why; kept in the audit trail.")
@by_option
@json_option
@writes
def undo(import_id, reason, by, as_json):
    """Take back everything that import ID has written."""
    user = actor(by, Permission.IMPORT_USE)
    import_ = queries.find_import(_number(import_id))
    reason = reason or str(_("命令行撤销"))
    service.begin_undo(import_, reason=reason)
    with _noted(import_, ImportStatus.COMMITTED):
        service.undo(import_, reason=reason, by=user)
    return _print(import_, as_json, 0)


def _give_way(_done: int, _total: int) -> None:
    """Each portion is committed, as in a job: others write in between, and who was cut off goes on with the rest."""
    give_way()


@contextmanager
def _noted(import_: Import, after_refusal: ImportStatus) -> Iterator[None]:
    """A refusal in the middle is kept with the import, like that of a job."""
    import_id = import_.id
    try:
        yield
    except DomainError as refusal:
        db.session.rollback()
        service.note_failure(queries.find_import(import_id), refusal, after_refusal)
        db.session.commit()
        raise


def _print(import_: Import, as_json: bool, status: int) -> int:
    document = import_report(import_, service.importer_of(import_.kind))
    report(document, as_json=as_json, words=words(document))
    return status


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageProblem(_("打不开文件 %(path)s：%(reason)s", path=path, reason=error.strerror)) from None


def _number(text: str) -> int:
    if not (text.strip().isascii() and text.strip().isdecimal() and len(text.strip()) < 10):
        raise UsageProblem(_("“%(text)s”不是编号。", text=text))
    return int(text)


def _pair(text: str) -> tuple[str, str]:
    heading, equals, field = text.rpartition("=")
    if not equals or not heading.strip():
        raise UsageProblem(_("--map 要写成“列名=字段”，不是“%(text)s”。", text=text))
    return heading.strip(), field.strip()
