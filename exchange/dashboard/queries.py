"""What waits for a person, gathered from the features: each row is one click from its solution."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask import url_for

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.aid.queries import waiting as aid
from exchange.attendance.queries import waiting as attendance
from exchange.certificates import queries as certificates
from exchange.core.i18n import _
from exchange.coursework import queries as coursework
from exchange.enrolment import queries as enrolment
from exchange.imports import queries as imports
from exchange.orders import queries as orders
from exchange.placements import queries as placements
from exchange.registry.queries import waiting as registry
from exchange.selection.queries import waiting as selection
from exchange.students import queries as students
from exchange.welfare.queries import waiting as welfare


class Waiting(NamedTuple):
    """One piece of work: what it is, why or until when, and where it is solved."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[Waiting]:
    """The work queue of this person, in the order in which it should be looked at."""
    return [Waiting(*row) for source in SOURCES for row in source(user)]


def first_steps(user: User) -> list[tuple[str, str]]:
    """What this person comes here for on a day when nothing waits: label and address."""
    return [(label, url_for(endpoint)) for permission, label, endpoint in FIRST_STEPS if user.may(permission)]


def _papers_to_approve(user: User) -> list[Waiting]:
    return [
        Waiting(
            _("批准开具%(kind)s", kind=batch.kind.label),
            _("%(maker)s提交", maker=batch.maker.name if batch.maker else ""),
            url_for("certificates.batch", batch_id=batch.id),
        )
        for batch in certificates.waiting_approval_of(user)
    ]


def _own_pages(user: User) -> list[Waiting]:
    """Students and guardians find their own pages here."""
    if not user.may(Permission.PLACEMENT_MINE):
        return []
    if user.has(Role.STUDENT):
        return [Waiting(_("看我的实习"), _("在哪里、什么时候、找谁"), url_for("placements.mine"))]
    return [Waiting(_("看孩子的实习"), _("在哪里、什么时候、还要签什么"), url_for("placements.mine"))]


FIRST_STEPS = (
    (Permission.IMPORT_USE, _("导入名册"), "imports.index"),
    (Permission.ENROLMENT_APPLY, _("登记报名"), "enrolment.index"),
    (Permission.ACCOUNT_MANAGE, _("教育局账号"), "partners.bureaus"),
    (Permission.ATTENDANCE_RECORD, _("点名"), "attendance.index"),
    (Permission.ATTENDANCE_VIEW, _("谁在哪里"), "attendance.today"),
    (Permission.COURSEWORK_RECORD, _("录入成绩"), "coursework.index"),
    (Permission.PLACEMENT_PLAN, _("安排实习"), "placements.index"),
    (Permission.AID_VIEW, _("办理资助"), "aid.index"),
    (Permission.CERTIFICATE_PREPARE, _("开具证书"), "certificates.create"),
    (Permission.STUDENT_VIEW, _("查找学生"), "students.index"),
    (Permission.COURSEWORK_VIEW, _("看成绩"), "coursework.index"),
    (Permission.CERTIFICATE_VIEW, _("看证书"), "certificates.index"),
    (Permission.AUDIT_VIEW, _("看审计记录"), "audit.index"),
    (Permission.ATTENDANCE_MINE, _("考勤和请假"), "attendance.mine"),
    (Permission.STUDENT_MINE, _("我的资料"), "students.mine"),
)

SOURCES: tuple[Callable[[User], Iterable[tuple[str, str, str]]], ...] = (
    _papers_to_approve,
    imports.waiting_for,
    orders.waiting_for,
    enrolment.waiting_for,
    students.waiting_for,
    attendance.waiting_for,
    welfare.waiting_for,
    registry.waiting_for,
    placements.waiting_for,
    selection.waiting_for,
    aid.waiting_for,
    coursework.waiting_for,
    _own_pages,
)
