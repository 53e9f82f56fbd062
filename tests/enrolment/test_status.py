"""Every step of an applicant: who is moved on, who is refused with what, and what stays of it."""

from datetime import date

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.audit.queries import timeline
from exchange.core.rules import Unmet
from exchange.core.workflow import InvalidTransition
from exchange.enrolment import queries, service
from exchange.enrolment.models import ApplicantStatus
from exchange.enrolment.service import ReasonMissing, TooEarly
from exchange.enrolment.workflow import APPLICANT_WORKFLOW
from exchange.partners import service as partners
from tests.factories.accounts import PrincipalFactory, RegistrarFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.partners import CooperationProjectFactory

NOON = "2026-11-25 12:00+08:00"


def with_quota(places, *, others=0):
    """An applicant whose county has so many places, some of them taken."""
    project = CooperationProjectFactory()
    partners.set_quotas(project, {(2026, "533103"): places}, by=None)
    for _number in range(others):
        ApplicantFactory(project=project, admitted=True)
    return ApplicantFactory(project=project)


@pytest.mark.parametrize("status", list(ApplicantStatus))
@pytest.mark.parametrize("name", list(APPLICANT_WORKFLOW.transitions))
def test_step_is_possible_from_its_own_statuses_only(db, name, status):
    if status in APPLICANT_WORKFLOW.transitions[name].sources:
        assert APPLICANT_WORKFLOW.find(name, status).name == name
    else:
        with pytest.raises(InvalidTransition):
            service.change_status(ApplicantFactory(status=status), name, by=RegistrarFactory(), reason="理由")


def test_every_status_is_reached():
    assert {step.target for step in APPLICANT_WORKFLOW} == set(ApplicantStatus)


@time_machine.travel(NOON, tick=False)
def test_admit_takes_a_place_and_gives_the_next_number(db):
    applicant, registrar = with_quota(2, others=1), RegistrarFactory()

    service.change_status(applicant, "admit", by=registrar)

    assert applicant.status == ApplicantStatus.ADMITTED
    assert applicant.admission_no == f"2026{applicant.project_id:02d}001"
    assert applicant.admitted_on == date(2026, 11, 25)
    line = timeline(applicant)[0]
    assert (line.actor, line.changes["place"], line.changes["excused"]) == (registrar, [2, 2], [])


def test_admit_beyond_the_quota_is_refused_to_the_registrar_even_with_a_reason(db):
    applicant = with_quota(1, others=1)

    with pytest.raises(Unmet, match="名额已满"):
        service.change_status(applicant, "admit", by=RegistrarFactory(), reason="还有床位")

    assert (applicant.status, applicant.admission_no) == (ApplicantStatus.APPLIED, None)


def test_admit_beyond_the_quota_needs_the_reason_of_the_principal(db):
    applicant = with_quota(1, others=1)
    with pytest.raises(Unmet):
        service.change_status(applicant, "admit", by=PrincipalFactory())

    service.change_status(applicant, "admit", by=PrincipalFactory(), reason="姐妹同来")

    line = timeline(applicant)[0]
    assert (line.reason, line.changes["excused"]) == ("姐妹同来", ["ENR-01"])


@pytest.mark.parametrize("agreed", [True, False])
def test_county_without_a_quota_has_no_place_where_others_have_one(db, agreed):
    applicant = ApplicantFactory(county="533102")
    if agreed:
        partners.set_quotas(applicant.project, {(2026, "533103"): 3}, by=None)
        with pytest.raises(Unmet):
            service.change_status(applicant, "admit", by=RegistrarFactory())
    else:
        service.change_status(applicant, "admit", by=RegistrarFactory())


def test_who_gives_up_leaves_the_place_and_keeps_the_number(db):
    applicant = with_quota(1)
    service.change_status(applicant, "admit", by=RegistrarFactory())
    number = applicant.admission_no
    service.change_status(applicant, "decline", by=RegistrarFactory(), reason="去读高中")
    assert queries.seats_of(applicant.project, 2026)["533103"].left == 1

    service.change_status(applicant, "reconsider", by=RegistrarFactory(), reason="又来了")
    service.change_status(applicant, "admit", by=RegistrarFactory())

    assert applicant.admission_no == number
    assert applicant.closed_on is None


def test_many_are_admitted_as_far_as_the_places_go(db):
    first = with_quota(2)
    others = [ApplicantFactory(project=first.project) for _number in range(2)]

    outcome = service.change_all([first, *others], "admit", by=RegistrarFactory())

    assert [each.status.value for each in outcome.done] == ["admitted", "admitted"]
    (refused, why) = outcome.refused[0]
    assert (refused, refused.status) == (others[1], ApplicantStatus.APPLIED)
    assert "名额已满" in why
    assert len({each.admission_no for each in outcome.done}) == 2


@pytest.mark.parametrize("name", ["reject", "decline"])
def test_turning_down_needs_a_reason_and_starts_the_time_to_forget(db, name):
    applicant = ApplicantFactory()
    with pytest.raises(ReasonMissing):
        service.change_status(applicant, name, by=RegistrarFactory(), reason=" ")

    service.change_status(applicant, name, by=RegistrarFactory(), reason="名额已满", on=date(2026, 6, 1))

    assert applicant.closed_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("arrives_on", "late_until", "refused"),
    [
        (date(2026, 11, 10), None, False),
        (date(2026, 11, 11), None, True),  # 14 days: the 25th itself still counts
        (date(2026, 11, 1), date(2026, 11, 10), False),
        (date(2026, 11, 1), date(2026, 11, 11), True),
        (None, None, True),
    ],
)
@time_machine.travel(NOON, tick=False)
def test_place_is_lost_only_after_the_time_limit(db, arrives_on, late_until, refused):
    group = ArrivalGroupFactory(arrives_on=arrives_on) if arrives_on else None
    applicant = ApplicantFactory(admitted=True, arrival_group=group, late_until=late_until)

    if refused:
        with pytest.raises(TooEarly):
            service.change_status(applicant, "forfeit", by=RegistrarFactory(), reason="没有来")
    else:
        service.change_status(applicant, "forfeit", by=RegistrarFactory(), reason="没有来")
        assert (applicant.status, applicant.closed_on) == (ApplicantStatus.FORFEITED, date(2026, 11, 25))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.integers(0, 4),
    steps=st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from(["admit", "decline", "reject", "reconsider"])), max_size=20
    ),
)
def test_registrar_never_admits_more_than_the_quota(db, places, steps):
    first = with_quota(places)
    applicants = [first, *(ApplicantFactory(project=first.project) for _number in range(4))]
    registrar = RegistrarFactory()

    for number, name in steps:
        service.change_all([applicants[number]], name, by=registrar, reason="理由")
        seats = queries.seats_of(first.project, 2026)["533103"]

        assert seats.admitted <= places
        assert (seats.applied, seats.left) == (5, places - seats.admitted)
