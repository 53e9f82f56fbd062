"""What a mentor sees: the students at this host, and the last weeks of their logs."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db, now, today
from exchange.journals.limits import limit
from exchange.journals.models import WeeklyLog
from exchange.journals.values import Review
from exchange.links.models import Link
from exchange.links.queries import links_of
from exchange.partners.models import HostOrganisation, Post
from exchange.placements.models import Placement, PlacementStatus

PURPOSE = "mentor"


class Line(NamedTuple):
    """The week of one student."""

    placement: Placement
    log: WeeklyLog


def students_of(host: HostOrganisation, mentor: str) -> list[Placement]:
    """Who works with this mentor, and for some weeks who did; one statement."""
    since = today() - timedelta(days=limit("days_a_mentor_link_outlasts", today()))
    ended = (Placement.status == PlacementStatus.ENDED) & (Placement.ends_on >= since)
    rows = (
        select(Placement)
        .join(Post, Post.id == Placement.post_id)
        .where(Post.host_organisation_id == host.id, Placement.mentor_name == mentor)
        .where(or_(Placement.status == PlacementStatus.ACTIVE, ended))
        .options(joinedload(Placement.student), joinedload(Placement.post))
    )
    return list(db.session.scalars(rows.order_by(Placement.starts_on, Placement.id)))


def lines_of(placements: Sequence[Placement]) -> list[Line]:
    """The logs of the last weeks, the newest week first; what was sent back is not there."""
    by_id = {each.id: each for each in placements}
    since = today() - timedelta(weeks=limit("weeks_a_mentor_sees", today()))
    rows = select(WeeklyLog).where(
        WeeklyLog.placement_id.in_(list(by_id)), WeeklyLog.week >= since, WeeklyLog.status != Review.RETURNED
    )
    logs = db.session.scalars(rows.order_by(WeeklyLog.week.desc(), WeeklyLog.placement_id))
    return [Line(by_id[log.placement_id], log) for log in logs]


def links(host: HostOrganisation, mentor: str) -> Select[Link]:
    """The links that were made for this mentor, the newest first."""
    return links_of(HostOrganisation, [host.id], purpose=PURPOSE).where(Link.about == mentor)


def open_link(host: HostOrganisation, mentor: str) -> Link | None:
    """The one that can be used now."""
    found = db.session.scalars(links(host, mentor).options(joinedload(Link.made_by))).unique()
    return next((each for each in found if each.is_open(now())), None)
