"""Handing in, reading and sending back logs and reports."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.errors import NotPossible
from exchange.journals import service
from exchange.journals.models import WeeklyLog
from exchange.journals.queries.logs import tallies
from exchange.journals.sources import endings
from exchange.journals.values import Mood, Review
from exchange.placements.facts.values import Step
from exchange.placements.models import PlacementStatus
from exchange.placements.record_facts import facts_of
from tests.factories.accounts import InstructorFactory
from tests.factories.journals import (
    EIGHT_A_DAY,
    LOG,
    MONDAY,
    REPORT,
    InternshipReportFactory,
    RunningPlacementFactory,
    WeeklyLogFactory,
)

SECOND = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def second_week(db):
    with time_machine.travel("2026-03-10 20:00:00+08:00", tick=False):
        yield


@pytest.fixture
def placement():
    return RunningPlacementFactory()


def submit(placement, **changes):
    return service.submit_log(placement, **{"week": MONDAY, "by": None, **LOG, **changes})


def test_log_is_kept_with_its_hours(placement):
    log = submit(placement)
    database.session.expire_all()

    assert (log.status, log.total, log.is_late, log.did) == (Review.SUBMITTED, 40, False, "在前台帮客人办入住")


def test_log_after_three_days_is_late(placement):
    with time_machine.travel("2026-03-12 00:00:00+08:00"):
        assert submit(placement).is_late
    with time_machine.travel("2026-03-18 23:59:00+08:00"):
        assert not submit(placement, week=SECOND).is_late


def test_same_log_sent_twice_changes_nothing(placement):
    first = submit(placement)
    database.session.commit()
    version = first.version

    assert submit(placement) is first
    database.session.commit()
    assert (first.version, database.session.query(WeeklyLog).count()) == (version, 1)


def test_another_version_takes_the_confirmation_away(placement):
    log = submit(placement)
    log.hours_confirmed_by, log.hours_confirmed_at = "示范主管", now()

    submit(placement, hours=[Decimal(9), *EIGHT_A_DAY[1:]])

    assert (log.hours_confirmed_by, log.hours_confirmed_at, log.total) == (None, None, 41)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"week": date(2026, 2, 23)}, "不在实习期间"),
        ({"week": date(2026, 3, 3)}, "不在实习期间"),  # no Monday
        ({"week": date(2026, 3, 16)}, "还没有到"),
        ({"did": "  "}, "写一写"),
        ({"hours": [None] * 7}, "每天几小时"),
        ({"hours": [Decimal("24.5"), *[None] * 6]}, "0 到 24"),
        ({"hours": [Decimal(-1), *[None] * 6]}, "0 到 24"),
    ],
)
def test_what_cannot_be_meant_is_refused(placement, changes, words):
    with pytest.raises(Exception, match=words):
        submit(placement, **changes)


def test_hours_of_days_outside_of_the_internship_are_left_out(db):
    placement = RunningPlacementFactory(starts_on=date(2026, 3, 5))

    assert submit(placement).hours == [None, None, None, "8", "8", None, None]


def test_log_that_was_read_is_closed(placement):
    log = submit(placement)
    service.read_log(log, answer="写得好", by=InstructorFactory())

    with pytest.raises(NotPossible, match="已经看过"):
        submit(placement, did="别的")
    assert log.answer == "写得好"


def test_log_that_was_sent_back_counts_again_when_it_comes_again(placement):
    log = submit(placement)
    service.return_log(log, answer="写写学到了什么", by=InstructorFactory())
    assert tallies([placement])[placement.id].written == 0

    submit(placement, learnt="怎么登记证件和押金")

    assert log.status is Review.SUBMITTED
    with time_machine.travel("2026-03-12 08:00:00+08:00"):
        assert (tallies([placement])[placement.id].written, tallies([placement])[placement.id].missing) == (1, 0)


def test_sending_back_without_a_word_is_refused(placement):
    with pytest.raises(NotPossible, match="写下要补什么"):
        service.return_log(submit(placement), answer=" ", by=None)


def test_ended_internship_takes_no_log_and_no_report(db):
    placement = RunningPlacementFactory(status=PlacementStatus.ENDED)

    with pytest.raises(NotPossible, match="已经结束"):
        submit(placement)
    with pytest.raises(NotPossible, match="已经结束"):
        service.submit_report(placement, text=REPORT, by=None)


def test_report_is_rewritten_until_it_is_read(placement):
    report = service.submit_report(placement, text=REPORT, by=None)
    service.return_report(report, answer="写写打算", by=InstructorFactory())
    again = service.submit_report(placement, text=REPORT + "以后还想做酒店。", by=None)
    service.read_report(report, by=InstructorFactory())

    assert again is report
    with pytest.raises(NotPossible, match="已经看过"):
        service.submit_report(placement, text="别的" * 60, by=None)


def test_tally_counts_missing_late_and_who_asks_for_help(placement):
    WeeklyLogFactory(placement=placement, mood=Mood.HELP, is_late=True)
    with time_machine.travel("2026-03-19 08:00:00+08:00"):
        tally = tallies([placement])[placement.id]

    assert (tally.expected, tally.written, tally.missing, tally.late, tally.to_read) == (2, 1, 1, 1, 1)
    assert tally.asks_for_help


def test_rules_hear_of_logs_and_report_with_as_many_statements_for_two_as_for_one(placement, count_queries):
    WeeklyLogFactory(placement=placement)
    InternshipReportFactory(placement=placement)
    other = RunningPlacementFactory()
    assert placement.starts_on == other.starts_on  # both are loaded
    with time_machine.travel("2026-03-12 08:00:00+08:00"):
        end = facts_of(placement, step=Step.DAILY).end
        with count_queries() as for_one:
            endings([placement])
        with count_queries() as for_two:
            endings([placement, other])

    assert (end.logs_expected, end.logs_written, end.report_submitted_on) == (1, 1, date(2026, 3, 8))
    assert for_one.count == for_two.count


def test_report_that_was_sent_back_is_not_there(placement):
    InternshipReportFactory(placement=placement, status=Review.RETURNED)

    assert facts_of(placement, step=Step.DAILY).end.report_submitted_on is None
