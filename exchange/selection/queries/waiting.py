"""What selection asks of a person today: choices, results, batches to go on with, appeals."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import exists, or_

from exchange.accounts.models import User
from exchange.accounts.roles import Permission, Role
from exchange.core.database import db, today
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.selection import policy
from exchange.selection.models import BatchStatus, Choice, InternshipApplication, InternshipBatch
from exchange.selection.queries.proposals import waiting_appeals
from exchange.students import policy as students

MOST_BATCHES = 3


class WaitingRow(NamedTuple):
    """One piece of work on somebody's home page."""

    title: str
    detail: str
    url: str


def waiting_for(user: User) -> list[WaitingRow]:
    """What selection asks of this person today."""
    rows = []
    if user.may(Permission.SELECTION_DECIDE):
        rows += _appeals(user)
    if user.may(Permission.SELECTION_MANAGE):
        rows += _to_go_on_with(user)
    if user.may(Permission.SELECTION_MINE):
        rows += _of_family(user)
    return rows


def _appeals(user: User) -> list[WaitingRow]:
    count = waiting_appeals(policy.appeals_visible_to(user))
    words = _("答复 %(count)s 件实习去向申诉", count=count)
    return [WaitingRow(words, _("学生和监护人在等"), url_for("selection.appeals"))] if count else []


def _to_go_on_with(user: User) -> list[WaitingRow]:
    """Batches whose choices are in and whose result is not out."""
    due = policy.batches_visible_to(user).where(
        InternshipBatch.status == BatchStatus.ANNOUNCED, InternshipBatch.applications_until < today()
    )
    return [
        WaitingRow(
            _("选拔和分配：%(batch)s", batch=batch.name),
            _("志愿已截止，%(day)s开始实习", day=format_short_date(batch.starts_on)),
            url_for("selection.show", internship_batch_id=batch.id),
        )
        for batch in db.session.scalars(due.order_by(InternshipBatch.starts_on).limit(MOST_BATCHES))
    ]


def _of_family(user: User) -> list[WaitingRow]:
    """Choices that nobody has handed in, and results as long as they may be appealed against."""
    day = today()
    applied = exists().where(
        InternshipApplication.batch_id == InternshipBatch.id,
        InternshipApplication.student_id.in_(students.family_of(user)),
        Choice.application_id == InternshipApplication.id,
    )
    is_open = (
        (InternshipBatch.status == BatchStatus.ANNOUNCED)
        & (InternshipBatch.applications_from <= day)
        & (InternshipBatch.applications_until >= day)
        & ~applied
    )
    is_out = (InternshipBatch.status == BatchStatus.PUBLISHED) & (InternshipBatch.appeals_until >= day)
    batches = policy.batches_of_family(user).where(or_(is_open, is_out)).order_by(InternshipBatch.id)
    return [_family_row(batch, user) for batch in db.session.scalars(batches.limit(MOST_BATCHES))]


def _family_row(batch: InternshipBatch, user: User) -> WaitingRow:
    url = url_for("selection.mine")
    if batch.status is BatchStatus.PUBLISHED:
        detail = _("有意见的，%(day)s以前申诉", day=format_short_date(batch.appeals_until))
        return WaitingRow(_("实习去向公布了：%(batch)s", batch=batch.name), detail, url)
    title = _("交实习志愿：%(batch)s", batch=batch.name)
    if not user.has(Role.STUDENT):
        title = _("孩子还没有交实习志愿：%(batch)s", batch=batch.name)
    return WaitingRow(title, _("%(day)s截止", day=format_short_date(batch.applications_until)), url)
