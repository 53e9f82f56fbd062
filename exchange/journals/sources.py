"""What logs, report and appraisal tell the rules of a placement (articles 21 and 27)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from exchange.core.database import SCHOOL_TIME, db
from exchange.journals.grading import grade
from exchange.journals.models import Appraisal, InternshipReport
from exchange.journals.queries.appraisals import appraisals_of
from exchange.journals.queries.logs import Tally, tallies
from exchange.journals.values import Review
from exchange.placements.facts.document import Ending
from exchange.placements.models import Placement


def endings(placements: Sequence[Placement]) -> Mapping[int, Mapping[str, Any]]:
    """Placement → logs by today, report and appraisal; as many statements for many placements as for one."""
    ids = [each.id for each in placements]
    counted, reports, appraisals = tallies(placements), _reports(ids), appraisals_of(ids)
    return {
        each.id: {"end": _ending(each, counted[each.id], reports.get(each.id), appraisals.get(each.id))}
        for each in placements
    }


def _ending(placement: Placement, tally: Tally, reported_on: date | None, appraisal: Appraisal | None) -> Ending:
    grades = grade(appraisal, placement.starts_on) if appraisal else None
    return Ending(
        logs_expected=tally.expected,
        logs_written=tally.written,
        report_submitted_on=reported_on,
        process_grade=grades.process if grades else None,
        result_grade=grades.result if grades else None,
        school_graded=appraisal.school_graded_at is not None if appraisal else None,
        host_graded=appraisal.host_graded_at is not None if appraisal else None,
    )


def _reports(ids: list[int]) -> dict[int, date]:
    """A report that was sent back is not there."""
    rows = select(InternshipReport.placement_id, InternshipReport.submitted_at).where(
        InternshipReport.placement_id.in_(ids), InternshipReport.status != Review.RETURNED
    )
    return {each: moment.astimezone(SCHOOL_TIME).date() for each, moment in db.session.execute(rows)}
