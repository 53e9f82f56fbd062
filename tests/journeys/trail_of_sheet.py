"""``python -m tests.journeys.trail_of_sheet ID``: the history of all marks of a sheet as JSON, unsealed.

A line is student, assessment, action, old and new value, and who; in the order in which it happened.
"""

import json
import sys

from sqlalchemy import select

from exchange import create_app
from exchange.audit.models import AuditEvent
from exchange.core.database import db
from exchange.coursework.models import Assessment, Mark


def main(sheet_id: int) -> None:
    lines = (
        select(Mark.student_id, Mark.assessment_id, AuditEvent.action, AuditEvent.changes, AuditEvent.actor_id)
        .join(Mark, Mark.id == AuditEvent.subject_id)
        .join(Assessment, Assessment.id == Mark.assessment_id)
        .where(AuditEvent.subject_type == Mark.__tablename__, Assessment.sheet_id == sheet_id)
        .order_by(AuditEvent.id)
    )
    with create_app().app_context():
        found = [(*place, action, *changes["value"], by) for *place, action, changes, by in db.session.execute(lines)]
        print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))
