"""What a bureau reads of a student's internship: where, from when to when, and how it stands."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from exchange.core.database import db
from exchange.core.i18n import _
from exchange.core.templating import format_short_date
from exchange.partners.models import Post
from exchange.placements.models import Placement
from exchange.placements.queries import DECIDED
from exchange.students.models import Student
from exchange.students.outline import Line, tells


@tells
def latest_placement(student: Student) -> list[Line]:
    """The last placement that was decided, in one line."""
    decided = select(Placement).where(Placement.student_id == student.id, Placement.status.in_(DECIDED))
    latest = decided.order_by(Placement.starts_on.desc(), Placement.id.desc()).limit(1)
    placement = db.session.scalar(latest.options(joinedload(Placement.post).joinedload(Post.host_organisation)))
    if placement is None:
        return [Line(str(_("实习")), str(_("没有安排")))]
    words = _(
        "%(host)s，%(first)s 到 %(last)s，%(status)s",
        host=placement.host.name,
        first=format_short_date(placement.starts_on),
        last=format_short_date(placement.last_day),
        status=placement.status.label,
    )
    return [Line(str(_("实习")), str(words))]
