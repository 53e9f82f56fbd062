"""Who is at a host organisation on a day: lessons are excused, and the homeroom teacher knows where to call."""

from datetime import date

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from exchange.core.database import db
from exchange.partners.models import Post
from exchange.placements.effective import covers
from exchange.placements.models import Placement


def is_at_host(
    student_id: InstrumentedAttribute[int], day: ColumnElement[date] | InstrumentedAttribute[date]
) -> ColumnElement[bool]:
    """Whether the student of a row worked at a host on the day of the row; part of a statement."""
    found = exists().where(Placement.student_id == student_id, covers(day))
    return found.correlate_except(Placement)  # also where the row stands in a statement further out


def placements_on(student_ids: Select[int], day: date) -> dict[int, Placement]:
    """Student → the placement of the day, with its host."""
    found = select(Placement).where(Placement.student_id.in_(student_ids), covers(day))
    found = found.options(joinedload(Placement.post).joinedload(Post.host_organisation))
    return {placement.student_id: placement for placement in db.session.scalars(found.order_by(Placement.starts_on))}
