"""Placements that ended early before their last day was kept: the migration reads it from the trail."""

import runpy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations

from exchange.audit.models import AuditEvent
from exchange.core.database import db as database
from exchange.placements.models import PlacementStatus
from tests.factories.placements import PlacementFactory

MIGRATION = Path(__file__).parents[2] / "exchange" / "migrations" / "versions" / "0028_agreements.py"
FIRST, LAST = date(2026, 3, 2), date(2026, 8, 28)


def ended_early(*events):
    """A placement of March to August 2026, with what the trail says of it."""
    placement = PlacementFactory(status=PlacementStatus.TERMINATED, starts_on=FIRST, ends_on=LAST)
    for action, moment in events:
        line = AuditEvent(action=action, subject_type="placement", subject_id=placement.id)
        line.created_at = moment
        database.session.add(line)
    database.session.commit()
    return placement


def upgrade():
    with Operations.context(MigrationContext.configure(database.session.connection())):
        runpy.run_path(str(MIGRATION))["_tell_early_ends"]()
    database.session.commit()
    database.session.expire_all()


STARTED = ("placement.started", datetime(2026, 3, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("events", "left_on"),
    [
        ([STARTED, ("placement.terminated", datetime(2026, 5, 20, 6, tzinfo=UTC))], date(2026, 5, 20)),
        ([STARTED, ("placement.terminated", datetime(2026, 5, 20, 17, tzinfo=UTC))], date(2026, 5, 21)),  # in Deqing
        ([STARTED, ("placement.terminated", datetime(2026, 9, 3, 6, tzinfo=UTC))], LAST),
        ([("placement.terminated", datetime(2026, 2, 20, 6, tzinfo=UTC))], None),
    ],
)
def test_last_day_is_that_of_the_end_in_the_trail(db, events, left_on):
    placement = ended_early(*events)

    upgrade()

    assert placement.left_on == left_on


def test_one_that_did_not_end_early_has_none(db):
    placement = PlacementFactory(status=PlacementStatus.ENDED, starts_on=FIRST, ends_on=LAST)
    database.session.commit()

    upgrade()

    assert placement.left_on is None
