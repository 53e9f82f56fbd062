"""``flask students``: the roster out."""

from datetime import date

import click

from exchange.accounts.queries import actor
from exchange.accounts.roles import Permission
from exchange.core.cli import Group, by_option, json_option, report, workbook_path, write_whole, writes
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.programmes.queries import find_class
from exchange.students import service

students = Group("students", help="Students.")


@students.command()
@click.argument("file", metavar="FILE.xlsx")
@click.option("--class", "class_name", metavar="CODE", help="Only this class.")
@click.option("--as-of", metavar="DATE", help="Only students who had entered by this day, such as 2026-09-01.")
@by_option
@json_option
@writes
def export(file, class_name, as_of, by, as_json):
    """Write the national 73 columns to FILE.xlsx; the export is recorded."""
    user = actor(by, Permission.STUDENT_EXPORT)
    if user is None:
        raise UsageProblem(_("导出要写明是谁：加上 --by 用户名。"))
    path = workbook_path(file)
    school_class = find_class(class_name) if class_name is not None else None
    if class_name is not None and school_class is None:
        raise UsageProblem(_("没有名为“%(name)s”的班级。", name=class_name))
    made = service.export(school_class=school_class, as_of=_day(as_of), by=user)
    write_whole(path, made.content)
    report({"rows": made.rows}, as_json=as_json)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise UsageProblem(_("读不懂日期“%(text)s”。写成 2026-09-01 这样。", text=text)) from None
