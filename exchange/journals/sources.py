"""What logs and the report tell the rules of a placement (articles 21 and 27)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from exchange.core.database import SCHOOL_TIME, db
from exchange.journals.models import InternshipReport
from exchange.journals.queries.logs import tallies
from exchange.journals.values import Review
from exchange.placements.facts.document import Ending
from exchange.placements.models import Placement


def endings(placements: Sequence[Placement]) -> Mapping[int, Mapping[str, Any]]:
    """Placement → logs expected and written by today, and the report; the same statements for one and for many."""
    counted, reports = tallies(placements), _reports([each.id for each in placements])
    return {
        each.id: {
            "end": Ending(
                logs_expected=counted[each.id].expected,
                logs_written=counted[each.id].written,
                report_submitted_on=reports.get(each.id),
            )
        }
        for each in placements
    }


def _reports(ids: list[int]) -> dict[int, date]:
    """A report that was sent back is not there."""
    rows = select(InternshipReport.placement_id, InternshipReport.submitted_at).where(
        InternshipReport.placement_id.in_(ids), InternshipReport.status != Review.RETURNED
    )
    return {each: moment.astimezone(SCHOOL_TIME).date() for each, moment in db.session.execute(rows)}
