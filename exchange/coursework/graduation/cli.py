"""``flask coursework audit-graduation``: who of a class may graduate, and what every other still lacks."""

import click

from exchange.core.cli import json_option, reads, report
from exchange.core.database import today
from exchange.core.errors import UsageProblem
from exchange.core.i18n import _
from exchange.coursework.cli import coursework
from exchange.coursework.graduation.audit import Audit, audit
from exchange.coursework.graduation.members import on_roll
from exchange.programmes.queries import find_class


@coursework.command("audit-graduation")
@click.option("--class", "class_name", required=True, metavar="CODE", help="The name of the class.")
@json_option
@reads
def audit_graduation(class_name: str, as_json: bool) -> None:
    """Per student of the class every rule that stands in the way, with what is missing."""
    school_class = find_class(class_name)
    if school_class is None:
        raise UsageProblem(_("没有名为“%(name)s”的班级。", name=class_name))
    audits = audit(on_roll(school_class), day=today())
    lines = "\n".join(_line(each) for each in audits) or str(_("这个班没有在籍学生。"))
    report([each.as_document() for each in audits], as_json=as_json, words=lines)


def _line(found: Audit) -> str:
    missing = "；".join(map(str, found.missing))
    verdict = _("可以毕业") if found.eligible else _("还不能毕业：%(missing)s", missing=missing)
    return f"{found.student.student_no} {found.student.name} {verdict}"
