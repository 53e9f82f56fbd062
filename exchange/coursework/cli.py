"""``flask coursework``: marks from a workbook."""

from pathlib import Path
from typing import Any

import click

from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.core.cli import Group, by_option, json_option, report, tell, writes
from exchange.core.database import db, unlocked
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.core.spreadsheets import read
from exchange.coursework import policy, service
from exchange.coursework.models import MarkSheet
from exchange.coursework.service import Choice
from exchange.coursework.workbooks import sheet_named_in

coursework = Group("coursework", help="Mark sheets and marks.")
REJECTED = 1


@coursework.command("import-marks")
@click.argument("file")
@click.option("--sheet", "sheet_id", type=int, metavar="ID", help="The mark sheet; a workbook of ours names its own.")
@click.option(
    "--existing",
    type=click.Choice([choice.value for choice in Choice]),
    default=Choice.KEEP.value,
    show_default=True,
    help="What to do where another mark is stored.",
)
@click.option("--reason", default="", metavar="TEXT", help="Why marks change, on a sheet that was handed in before.")
@click.option("--preview", "only_preview", is_flag=True, help="Tell what would happen; write nothing.")
@by_option
@json_option
@writes
def import_marks(file, sheet_id, existing, reason, only_preview, by, as_json):
    """Read the marks of FILE (.xlsx, .xls, .csv) and write those that can be."""
    user = actor(by, Permission.COURSEWORK_VIEW)
    path = Path(file)
    with unlocked():
        sheets = read(path, path.name)
    sheet = _sheet(sheet_id or sheet_named_in(sheets), user)
    choice = Choice(existing)
    found = service.preview(sheet, sheets)
    document = _document(sheet, choice, found)
    if not only_preview:
        cells = [each.asked for each in found.proposals]
        outcome = service.take(sheet, cells, choice, filename=path.name, reason=reason, by=user)
        statuses = [cell.status.value for cell in outcome.cells]
        document |= {"status": "written", "conflicts": statuses.count("conflict")}
    report(document, as_json=as_json, words=_words(document))
    for finding in found.findings:
        tell(finding.located)
    return REJECTED if document["rejected"] or document["conflicts"] else 0


def _sheet(sheet_id: int | None, user: Any) -> MarkSheet:
    if sheet_id is None:
        raise UsageProblem(_("文件里没有写是哪张成绩单，加上 --sheet 编号。"))
    sheet = db.session.get(MarkSheet, sheet_id) if 0 < sheet_id < 2**31 else None
    if sheet is None:
        raise UsageProblem(_("没有编号为 %(id)s 的成绩单。", id=sheet_id))
    if user is not None and not policy.may_record(user, sheet):
        raise UsageProblem(_("账号“%(name)s”不能录这张成绩单。", name=user.username))
    return sheet


def _document(sheet: MarkSheet, choice: Choice, found: service.Preview) -> dict[str, Any]:
    replaced = sum(each.after(choice) != each.stored for each in found.different)
    return {
        "sheet": sheet.id,
        "status": "previewed",
        "existing": choice.value,
        "rows": len(found.filled.rows),
        "new": len(found.new),
        "replaced": replaced,
        "kept": len(found.different) - replaced,
        "unchanged": found.same,
        "conflicts": 0,
        "rejected": len(found.findings),
        "unmapped": found.filled.unmapped,
        "findings": [
            {"row": each.row, "column": each.column, "code": each.code, "severity": "error", "message": each.message}
            for each in found.findings
        ],
    }


def _words(document: dict[str, Any]) -> str:
    counts = _("新填 %(new)s 格，替换 %(replaced)s 格，保留 %(kept)s 格，相同 %(unchanged)s 格。", **document)
    if document["status"] == "written":
        return str(_("已写入：%(counts)s", counts=counts))
    return str(_("预览，没有写入：%(counts)s", counts=counts))
