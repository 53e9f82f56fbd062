"""The logs of internships week by week, and how many are missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from exchange.core.database import db, today
from exchange.journals.models import InternshipReport, WeeklyLog
from exchange.journals.values import Mood, Review
from exchange.journals.weeks import Week, begun, expected
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.queries import with_people

COUNTED = (Review.SUBMITTED, Review.READ)
"""What is written; a log that was sent back is missing until it comes again."""


@dataclass(frozen=True)
class Entry:
    """One week of an internship with its log, if there is one."""

    week: Week
    log: WeeklyLog | None
    is_missing: bool


@dataclass(frozen=True)
class Tally:
    """How far the logs of one internship are, on a day."""

    expected: int
    written: int
    late: int
    to_read: int
    asks_for_help: bool

    @property
    def missing(self) -> int:
        return self.expected - self.written


def entries(placement: Placement) -> list[Entry]:
    """Every week that has begun, the newest first."""
    rows = select(WeeklyLog).where(WeeklyLog.placement_id == placement.id).options(joinedload(WeeklyLog.reviewed_by))
    logs = {log.week: log for log in db.session.scalars(rows).unique()}
    wanted = {week.monday for week in expected(placement, today())}
    return [_entry(week, logs.get(week.monday), wanted) for week in begun(placement, today())]


def _entry(week: Week, log: WeeklyLog | None, wanted: set[date]) -> Entry:
    is_written = log is not None and log.status in COUNTED
    return Entry(week, log, week.monday in wanted and not is_written)


def log_of(placement: Placement, monday: date) -> WeeklyLog | None:
    """The log of one week."""
    return db.session.scalar(select(WeeklyLog).where(WeeklyLog.placement_id == placement.id, WeeklyLog.week == monday))


def report_of(placement: Placement) -> InternshipReport | None:
    """The report of the internship."""
    rows = select(InternshipReport).where(InternshipReport.placement_id == placement.id)
    return db.session.scalar(rows)


def tallies(placements: Sequence[Placement]) -> dict[int, Tally]:
    """Placement → how far its logs are today; one statement for all of them."""
    day = today()
    rows = select(WeeklyLog.placement_id, WeeklyLog.week, WeeklyLog.status, WeeklyLog.is_late, WeeklyLog.mood)
    found: dict[int, dict[date, tuple[Review, bool, Mood]]] = {each.id: {} for each in placements}
    for row in db.session.execute(rows.where(WeeklyLog.placement_id.in_(list(found)))):
        found[row.placement_id][row.week] = (row.status, row.is_late, row.mood)
    return {each.id: _tally(each, found[each.id], day) for each in placements}


def _tally(placement: Placement, logs: dict[date, tuple[Review, bool, Mood]], day: date) -> Tally:
    wanted = [week.monday for week in expected(placement, day)]
    waiting = [mood for status, _late, mood in logs.values() if status is Review.SUBMITTED]
    return Tally(
        expected=len(wanted),
        written=sum(monday in logs and logs[monday][0] in COUNTED for monday in wanted),
        late=sum(late for _status, late, _mood in logs.values()),
        to_read=len(waiting),
        asks_for_help=Mood.HELP in waiting,
    )


def board(scope: Select[Placement]) -> Select[Placement]:
    """The internships that run, those of the same host together."""
    running = scope.where(Placement.status == PlacementStatus.ACTIVE)
    return running.options(*with_people()).order_by(Placement.post_id, Placement.starts_on, Placement.id)


def own(scope: Select[Placement]) -> Placement | None:
    """What the page of a student or a guardian shows: the internship that runs, else the last."""
    placements = list(db.session.scalars(scope.options(*with_people()).order_by(Placement.starts_on.desc())))
    running = [each for each in placements if each.status is PlacementStatus.ACTIVE]
    return next(iter(running or placements), None)
