"""Checks by the workday calendar (INT-39), and incidents that stay open until every step is done (INT-49)."""

from datetime import date, datetime, timedelta

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.core.errors import NotPossible
from exchange.placements.models import PlacementStatus
from exchange.supervision import policy, queries, service
from exchange.supervision.models import DailyCheck
from exchange.supervision.values import IncidentKind, Step, Way
from tests.factories.accounts import (
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.journals import RunningPlacementFactory
from tests.factories.supervision import SHANGHAI, DailyCheckFactory, IncidentFactory


@pytest.fixture(autouse=True)
def monday(db):
    with time_machine.travel("2026-03-09 12:00:00+08:00", tick=False):
        yield


def watched(placement, moment):
    with time_machine.travel(f"{moment} 12:00:00+08:00"):
        (found,) = queries.watched([placement])
        return found.missed, found.is_overdue


@pytest.mark.parametrize(
    ("last", "day", "missed", "is_overdue"),
    [
        (date(2026, 3, 2), "2026-03-03", 0, False),
        (date(2026, 3, 2), "2026-03-04", 1, False),
        (date(2026, 3, 2), "2026-03-05", 2, True),
        (date(2026, 3, 6), "2026-03-09", 0, False),  # only the weekend lies between
        (date(2026, 3, 6), "2026-03-10", 1, False),
        (date(2026, 4, 30), "2026-05-06", 0, False),  # the holiday of the first of May
    ],
)
def test_more_than_one_workday_without_a_check_is_overdue(last, day, missed, is_overdue):
    check = DailyCheckFactory(day=last)

    assert watched(check.placement, day) == (missed, is_overdue)


@pytest.mark.parametrize(("day", "is_overdue"), [("2026-03-03", False), ("2026-03-04", True)])
def test_who_was_never_checked_is_counted_from_the_first_day(day, is_overdue):
    assert watched(RunningPlacementFactory(), day)[1] == is_overdue


def test_one_tap_notes_all_and_a_second_look_takes_its_place(db):
    first, second = RunningPlacementFactory.create_batch(2)
    service.check([first, second], way=Way.CALL, notes={second.id: "发烧"}, by=first.instructor)
    service.check([second], way=Way.VISIT, notes={}, by=first.instructor)

    kept = {each.placement_id: (each.is_fine, each.way) for each in database.session.query(DailyCheck)}
    assert kept == {first.id: (True, Way.CALL), second.id: (True, Way.VISIT)}


def test_incident_cannot_be_closed_while_a_step_is_open(db):
    incident = IncidentFactory()
    with pytest.raises(NotPossible, match="救治") as refusal:
        service.close(incident, by=None)
    assert all(str(step.label) in str(refusal.value) for step in Step)

    for step in Step:
        service.do_step(incident, step, by=None)
    service.close(incident, by=None)

    assert incident.closed_at == now()


@pytest.mark.parametrize("left_out", [Step.RESCUE, Step.GUARDIAN, Step.CLAIM, Step.AFTERCARE, Step.COUNSELLING])
def test_after_an_injury_no_step_of_article_36_may_be_left_out(db, left_out):
    incident = IncidentFactory()
    for step in set(Step) - {left_out}:
        service.do_step(incident, step, by=None)

    with pytest.raises(NotPossible, match=str(left_out.label)):
        service.close(incident, by=None)


def test_other_incidents_ask_for_telling_only(db):
    incident = IncidentFactory(kind=IncidentKind.CONFLICT)

    assert incident.wanted == [Step.LEADER, Step.GUARDIAN, Step.AUTHORITY]
    with pytest.raises(NotPossible, match="不用办"):
        service.do_step(incident, Step.RESCUE, by=None)


def test_clock_runs_from_the_moment_it_happened(db):
    incident = IncidentFactory()

    assert incident.deadline(Step.GUARDIAN) == incident.occurred_at + timedelta(hours=2)
    assert incident.open_steps[0] in {Step.RESCUE, Step.LEADER}


def test_step_is_done_once(db):
    incident = IncidentFactory()
    service.do_step(incident, Step.LEADER, note="打电话给副校长", by=None)

    with pytest.raises(NotPossible, match="已经记过"):
        service.do_step(incident, Step.LEADER, by=None)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"occurred_at": datetime(2026, 3, 9, 12, 1, tzinfo=SHANGHAI)}, "还没有到"),
        ({"situation": " "}, "写一写"),
    ],
)
def test_what_cannot_be_meant_is_refused(db, values, words):
    told = {"kind": IncidentKind.INJURY, "occurred_at": now(), "situation": "滑倒"} | values

    with pytest.raises(NotPossible, match=words):
        service.report_incident(RunningPlacementFactory(), by=None, **told)


def test_own_interns_are_checked_and_nobody_elses(db):
    instructor, officer = InstructorFactory(), InternshipOfficerFactory()
    own, foreign = RunningPlacementFactory(instructor=instructor), RunningPlacementFactory()
    RunningPlacementFactory(instructor=instructor, status=PlacementStatus.PREPARING)

    def found(user):
        return set(database.session.scalars(policy.checked_by(user)))

    assert (found(instructor), found(officer)) == ({own}, {own, foreign})
    assert found(PrincipalFactory()) == found(StudentUserFactory()) == set()


def test_homes_tell_of_incidents_with_the_next_deadline_and_of_missing_checks(app, db):
    incident = IncidentFactory(placement__student__name="岩旺")
    service.do_step(incident, Step.RESCUE, by=None)
    service.do_step(incident, Step.LEADER, by=None)
    database.session.commit()
    with app.test_request_context():
        told = [
            [(str(row.title), str(row.detail)) for row in queries.waiting_for(user)]
            for user in (incident.placement.instructor, PrincipalFactory(), StudentUserFactory())
        ]

    alarm = ("岩旺：受伤", "还没有：告诉监护人，2026年3月9日 12:00 前")
    assert told[0][0] == alarm
    assert told[0][1][0] == "1 名实习学生超过一个工作日没有检查"
    assert told[1:] == [[alarm], []]
