"""What sheets and make-ups ask of a person today."""

from flask import url_for
from sqlalchemy import select

from exchange.accounts.models import User
from exchange.accounts.roles import Permission
from exchange.core.database import db
from exchange.core.i18n import _
from exchange.coursework.models import MarkSheet, SheetStatus
from exchange.coursework.queries.makeups import makeups_waiting
from exchange.coursework.queries.sheets import SheetLine, lines, sheets, waits_for

MOST_SHOWN = 12


def waiting_for(user: User) -> list[tuple[str, str, str]]:
    """Title, detail and address: own sheets to fill, others to confirm and to publish, later sittings to enter."""
    if not (user.may(Permission.COURSEWORK_RECORD) or user.may(Permission.COURSEWORK_PUBLISH)):
        return []
    again = makeups_waiting(user).subquery()
    own = select(MarkSheet, again.c.sheets, again.c.students).select_from(again).outerjoin(MarkSheet, waits_for(user))
    rows = db.session.execute(sheets(own, user=user).limit(MOST_SHOWN)).all()  # at least one, with the numbers
    found = [row.MarkSheet for row in rows if row.MarkSheet]
    if user.may(Permission.COURSEWORK_RECORD):
        work = [_work(line) for line in lines(found)]
    else:  # what is submitted is whole
        work = [_work(SheetLine(sheet, 0, 0)) for sheet in found]
    return work + _to_sit_again(rows[0].sheets, rows[0].students)


def _work(line: SheetLine) -> tuple[str, str, str]:
    names = {"course": line.sheet.course.name, "school_class": line.sheet.school_class.name}
    url = url_for("coursework.sheet", sheet_id=line.sheet.id)
    if line.sheet.status == SheetStatus.SUBMITTED:
        title = _("确认%(school_class)s的%(course)s成绩", **names)
        return str(title), str(_("%(teacher)s已提交", teacher=line.sheet.teacher.name)), url
    if line.sheet.status == SheetStatus.CONFIRMED:
        return str(_("公布%(school_class)s的%(course)s成绩", **names)), str(_("成绩已确认")), url
    if line.missing:
        title = _("录入%(school_class)s的%(course)s成绩", **names)
        return str(title), str(_("还缺 %(count)s 个成绩", count=line.missing)), url
    return str(_("提交%(school_class)s的%(course)s成绩", **names)), str(_("成绩已录齐")), url


def _to_sit_again(sheets: int, students: int) -> list[tuple[str, str, str]]:
    if not students:
        return []
    title = _("补考待登记：%(sheets)s 门课，%(students)s 人次", sheets=sheets, students=students)
    return [(str(title), str(_("开学头两周考，考完登记成绩")), url_for("coursework.makeups"))]
