"""The day of arrival: groups, taps and their way back, and who is late."""

from datetime import date, time

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.errors import NotPossible
from exchange.enrolment import queries, service
from exchange.enrolment.models import ApplicantStatus
from exchange.enrolment.service import ReasonMissing, TooEarly
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.partners import CooperationProjectFactory
from tests.factories.programmes import SchoolClassFactory

DAY = date(2026, 8, 28)
EVENING = time_machine.travel("2026-08-28 21:00+08:00", tick=False)


def test_group_takes_the_admitted_along(db):
    project = CooperationProjectFactory()
    members = [ApplicantFactory(project=project, admitted=True) for _number in range(2)]

    group = service.plan_group(
        project=project, year=2026, members=members, arrives_on=DAY, arrives_at=time(21, 40), transport="G1", by=None
    )

    assert {member.arrival_group for member in members} == {group}
    assert timeline(group)[0].changes["members"] == [member.id for member in members]


@pytest.mark.parametrize("status", ["applied", "arrived", "registered", "rejected"])
def test_group_refuses_who_is_not_on_the_way(db, status):
    applicant = ApplicantFactory(status=ApplicantStatus(status))

    with pytest.raises(NotPossible, match=applicant.name):
        service.plan_group(project=applicant.project, year=2026, members=[applicant], arrives_on=DAY, by=None)


def test_change_of_a_group_leaves_those_who_have_come(db):
    group = ArrivalGroupFactory()
    here = ApplicantFactory(project=group.project, arrived=True, arrival_group=group)
    leaving = ApplicantFactory(project=group.project, admitted=True, arrival_group=group)
    joining = ApplicantFactory(project=group.project, admitted=True)

    service.change_group(group, members=[joining], transport="G9", by=None)

    assert (here.arrival_group, leaving.arrival_group, joining.arrival_group) == (group, None, group)
    assert timeline(group)[0].changes == {"fields": ["transport"], "members": [joining.id]}


@EVENING
def test_one_tap_says_who_has_come_and_another_that_the_parents_know(db):
    teacher = HomeroomTeacherFactory()
    applicant = ApplicantFactory(admitted=True)

    service.change_status(applicant, "arrive", by=teacher)
    service.tell_parents(applicant, by=teacher)

    assert f"{applicant.arrived_at:%Y-%m-%d %H:%M}" == "2026-08-28 13:00"
    assert (applicant.parents_told_at, applicant.parents_told_by) == (applicant.arrived_at, teacher)
    assert [event.action for event in timeline(applicant)] == ["applicant.parents_told", "applicant.arrived"]


def test_second_tap_changes_nothing(db):
    first, second = HomeroomTeacherFactory(), RegistrarFactory()
    applicant = ApplicantFactory(arrived=True)
    service.tell_parents(applicant, by=first)

    service.tell_parents(applicant, by=second)

    assert applicant.parents_told_by == first
    assert len(timeline(applicant)) == 1


def test_wrong_taps_are_taken_back(db):
    teacher = HomeroomTeacherFactory()
    applicant = ApplicantFactory(arrived=True)
    service.tell_parents(applicant, by=teacher)

    service.take_back_word(applicant, by=teacher)
    assert applicant.parents_told_at is None
    service.change_status(applicant, "undo-arrival", by=teacher)

    assert (applicant.status, applicant.arrived_at) == (ApplicantStatus.ADMITTED, None)


def test_nobody_tells_parents_of_a_child_that_has_not_come(db):
    with pytest.raises(NotPossible):
        service.tell_parents(ApplicantFactory(admitted=True), by=HomeroomTeacherFactory())


@EVENING
def test_delay_is_allowed_on_application(db):
    applicant = ApplicantFactory(admitted=True, arrival_group=ArrivalGroupFactory(arrives_on=date(2026, 8, 20)))
    with pytest.raises(ReasonMissing):
        service.allow_delay(applicant, until=date(2026, 9, 5), reason=" ", by=None)
    with pytest.raises(TooEarly):
        service.allow_delay(applicant, until=date(2026, 8, 27), reason="住院", by=None)

    service.allow_delay(applicant, until=date(2026, 9, 5), reason="住院", by=None)

    assert applicant.expected_on == date(2026, 9, 5)
    assert timeline(applicant)[0].reason == "住院"
    with pytest.raises(NotPossible):
        service.allow_delay(ApplicantFactory(arrived=True), until=DAY, reason="住院", by=None)


@pytest.mark.parametrize(
    ("today", "late"), [(date(2026, 8, 28), False), (date(2026, 8, 29), True), (date(2026, 9, 30), True)]
)
def test_who_has_not_come_is_late_from_the_next_day_on(db, today, late):
    registrar = RegistrarFactory()
    expected = ApplicantFactory(admitted=True, arrival_group=ArrivalGroupFactory(arrives_on=DAY))
    ApplicantFactory(arrived=True, arrival_group=expected.arrival_group)
    ApplicantFactory(admitted=True)
    ApplicantFactory(admitted=True, arrival_group=expected.arrival_group, late_until=date(2026, 10, 30))

    assert queries.late(registrar, today=today) == ([expected] if late else [])


def test_board_shows_today_else_the_next_day_else_the_last(db):
    registrar = RegistrarFactory()
    for day in (date(2026, 8, 20), date(2026, 8, 28)):
        ApplicantFactory(arrived=True, arrival_group=ArrivalGroupFactory(arrives_on=day))

    days = {
        today: queries.board(registrar, day=None, today=date(2026, 8, today)).day.day for today in (19, 20, 21, 28, 29)
    }

    assert days == {19: 20, 20: 20, 21: 28, 28: 28, 29: 28}


def test_board_counts_and_puts_who_is_missing_first(db):
    teacher = HomeroomTeacherFactory()
    group = ArrivalGroupFactory(arrives_on=DAY)
    school_class = SchoolClassFactory(homeroom_teacher=teacher, project=group.project)
    same = {"project": group.project, "arrival_group": group, "school_class": school_class}
    here, waiting = ApplicantFactory(arrived=True, **same), ApplicantFactory(admitted=True, **same)
    ApplicantFactory(admitted=True, project=group.project, arrival_group=group)  # of another class

    board = queries.board(teacher, day=DAY, today=DAY)

    assert board.groups == [(group, [waiting, here])]
    assert (board.expected, board.here, board.silent) == (2, 1, 1)


def test_home_leads_to_the_day_of_those_whose_parents_do_not_know(sign_in):
    group = ArrivalGroupFactory(arrives_on=date(2026, 11, 12))
    ApplicantFactory(arrived=True, arrival_group=group, project=group.project)

    page = sign_in(RegistrarFactory()).get("/")

    assert "给 1 名新生的家长报平安" in page
    assert 'href="/enrolment/arrivals?day=2026-11-12"' in page
