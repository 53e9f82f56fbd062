"""Planning, recording and moving placements."""

from dataclasses import replace
from datetime import date
from threading import Barrier, Thread

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.rules import Message, RuleBook, Severity, Unmet, broken
from exchange.core.workflow import InvalidTransition
from exchange.partners.values import LabourIntensity
from exchange.placements import service
from exchange.placements.facts.values import Arranger, ExceptionScope, FilingKind
from exchange.placements.models import Placement, PlacementStatus, VoidReason
from exchange.placements.record_facts import open_findings
from exchange.placements.rules.books import N01
from exchange.placements.service.status import enforce
from exchange.placements.workflow import PLACEMENT_WORKFLOW
from exchange.students.models import StudentStatus
from tests.factories.accounts import InternshipOfficerFactory, PrincipalFactory
from tests.factories.partners import HostOrganisationFactory, PostFactory
from tests.factories.placements import (
    CURES,
    PlacementFactory,
    record_consent,
    record_declaration,
    record_everything,
)
from tests.factories.students import StudentFactory

FIRST, LAST = date(2026, 3, 2), date(2026, 8, 28)
IS = PlacementStatus


BLOCKS = ["INT-13", "INT-20", "INT-21", "INT-36", "INT-37", "INT-41", "INT-46", "INT-47"]
EVERYTHING = [*BLOCKS, "INT-03", "INT-11", "INT-40"]
"""What stands against a placement for which nothing is recorded."""


def codes(placement):
    return [finding.rule.code for finding in open_findings(placement)]


def students(count=3):
    return StudentFactory.create_batch(count, birth_date=date(2008, 5, 6), enrolled_on=date(2024, 9, 1))


def test_plan_placements_drafts_one_for_each_student(db):
    officer, post = InternshipOfficerFactory(), PostFactory()

    planned = service.plan_placements(students(), post=post, starts_on=FIRST, ends_on=LAST, by=officer)

    assert [placement.status for placement in planned] == [IS.DRAFT] * 3
    assert planned[0].workplace == post.host_organisation.address
    assert timeline(planned[0])[0].actor == officer


def test_plan_placements_drafts_none_when_one_student_is_refused(db):
    group = students()
    PlacementFactory(student=group[2])

    with pytest.raises(service.PlacementOverlap):
        service.plan_placements(group, post=PostFactory(), starts_on=LAST, ends_on=LAST, by=None)

    assert database.session.query(Placement).count() == 1


def test_plan_placement_refuses_a_student_on_leave(db):
    student = StudentFactory(status=StudentStatus.ON_LEAVE)

    with pytest.raises(service.NotEnrolled):
        service.plan_placement(student=student, post=PostFactory(), starts_on=FIRST, ends_on=LAST, by=None)


def test_plan_placement_refuses_a_period_that_ends_before_it_starts(db):
    with pytest.raises(service.InvalidPeriod):
        service.plan_placement(student=StudentFactory(), post=PostFactory(), starts_on=LAST, ends_on=FIRST, by=None)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(1, 1, 1), date(9999, 12, 31)),
        (date(2024, 8, 31), date(2025, 1, 31)),
        (date(2024, 9, 1), date(2027, 10, 1)),
        (date(2030, 12, 31), date(2031, 1, 1)),
    ],
)
def test_plan_placement_refuses_days_outside_of_the_time_at_the_school(db, first, last):
    (student,) = students(1)

    with pytest.raises(service.InvalidPeriod, match="2024年9月1日（入学）到 2030年12月31日之间，最长 3 年"):
        service.plan_placement(student=student, post=PostFactory(), starts_on=first, ends_on=last, by=None)


@pytest.mark.parametrize(
    ("first", "last"), [(date(2024, 9, 1), date(2027, 8, 31)), (date(2030, 12, 1), date(2030, 12, 31))]
)
def test_plan_placement_takes_the_first_and_the_last_day_at_the_school(db, first, last):
    (student,) = students(1)

    service.plan_placement(student=student, post=PostFactory(), starts_on=first, ends_on=last, by=None)

    assert database.session.query(Placement).count() == 1


def test_change_placement_refuses_days_before_the_entry(db):
    placement = PlacementFactory()

    with pytest.raises(service.InvalidPeriod):
        service.change_placement(placement, starts_on=date(1990, 1, 1), by=None)


@pytest.mark.parametrize(
    ("student", "post", "code"),
    [
        ({"enrolled_on": date(2025, 9, 1)}, {}, "INT-22"),
        ({"birth_date": date(2010, 3, 2)}, {}, "INT-23"),
        ({"birth_date": date(2009, 3, 2)}, {"hazards": ["DUST"]}, "INT-24"),
        ({}, {"venue": "KARAOKE"}, "INT-26"),
        ({}, {"labour_intensity": LabourIntensity.III}, "INT-28"),
    ],
)
def test_approve_refuses_what_the_law_forbids_when_placing(db, student, post, code):
    group = {"birth_date": date(2008, 1, 6), "enrolled_on": date(2024, 9, 1)} | student
    placement = PlacementFactory(student=StudentFactory(**group), post=PostFactory(**post))
    record_declaration(placement)

    with pytest.raises(Unmet) as refused:
        service.change_status(placement, "approve", by=PrincipalFactory())

    assert [finding.rule.code for finding in refused.value.findings] == [code]
    assert placement.status is IS.DRAFT


def test_students_for_beijing_cannot_start_until_every_fact_is_recorded(db):
    officer = InternshipOfficerFactory()
    group = [PlacementFactory(student=student, status=IS.PREPARING) for student in students()]

    for placement in group:
        assert codes(placement) == EVERYTHING
        for code in [code for code in EVERYTHING if code not in {"INT-21", "INT-37"}]:
            with pytest.raises(Unmet):
                service.change_status(placement, "start", by=officer)
            CURES[code](placement, by=officer)
            assert code not in codes(placement)
        service.change_status(placement, "start", by=officer)

    assert [placement.status for placement in group] == [IS.ACTIVE] * 3


def test_start_within_the_province_needs_no_filing(db):
    post = PostFactory(host_organisation=HostOrganisationFactory(province="330000"))
    placement = PlacementFactory(post=post, status=IS.PREPARING)

    assert "INT-41" not in codes(placement)


def test_start_asks_again_what_was_asked_at_approval(db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    placement.post.labour_intensity = LabourIntensity.IV

    with pytest.raises(Unmet, match="INT-28"):
        service.change_status(placement, "start", by=InternshipOfficerFactory(), reason="没关系")


OWN_CHOICE = {
    "arranged_by": Arranger.SELF,
    "student_applied_on": date(2026, 1, 5),
    "guardian_applied_on": date(2026, 1, 5),
    "school_agreed_on": date(2026, 1, 6),
}


WARNING = RuleBook("PLACE")
WARNING.rule(
    "INT-12",
    Severity.WARN,
    article="8",
    regulation=N01,
    statement=Message("专业对口", "The major fits"),
    message=Message("跨专业大类", "Another category of majors"),
)(lambda facts: broken())
APPROVE = replace(PLACEMENT_WORKFLOW.transitions["approve"], rules=WARNING)


def test_warning_is_excused_by_the_reason_of_somebody_entitled_and_by_nobody_else(db):
    placement = PlacementFactory()

    for by, reason in [(PrincipalFactory(), " "), (InternshipOfficerFactory(), "学生申请"), (None, "学生申请")]:
        with pytest.raises(Unmet):
            enforce(placement, APPROVE, by=by, reason=reason)

    assert enforce(placement, APPROVE, by=PrincipalFactory(), reason="学生申请") == ["INT-12"]


def test_warning_that_the_approval_has_excused_does_not_come_back(db):
    placement = PlacementFactory(excused=["INT-12"])

    assert enforce(placement, APPROVE, by=InternshipOfficerFactory(), reason="") == []


def test_placement_for_which_a_reason_is_given_starts_without_giving_it_again(db):
    principal, placement = PrincipalFactory(), PlacementFactory(post__staff_same_kind=3)
    record_everything(placement)

    with pytest.raises(Unmet, match="INT-17"):
        service.change_status(placement, "approve", by=principal)
    service.change_status(placement, "approve", by=principal, reason="岗位带教师傅充足")
    service.change_status(placement, "start", by=InternshipOfficerFactory())

    assert (placement.status, placement.excused) == (IS.ACTIVE, ["INT-17"])
    assert "INT-17" not in codes(placement)


def test_warning_that_came_after_the_approval_goes_back_to_the_approver(db):
    officer, principal, placement = InternshipOfficerFactory(), PrincipalFactory(), PlacementFactory()
    record_everything(placement)
    service.change_status(placement, "approve", by=principal)
    placement.post.staff_same_kind = 3

    with pytest.raises(Unmet, match="INT-17"):
        service.change_status(placement, "start", by=officer, reason="没关系")
    service.change_status(placement, "return", by=principal, reason="人数有变")
    service.change_status(placement, "approve", by=principal, reason="岗位带教师傅充足")
    service.change_status(placement, "start", by=officer)

    assert placement.status is IS.ACTIVE


def test_start_before_the_first_day_is_refused(db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)

    with time_machine.travel("2026-03-01T12:00:00+08:00", tick=False), pytest.raises(service.TooEarly):
        service.change_status(placement, "start", by=InternshipOfficerFactory())


def test_start_of_a_student_who_has_left_is_refused(db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    placement.student.status = StudentStatus.WITHDRAWN

    with pytest.raises(service.NotEnrolled):
        service.change_status(placement, "start", by=InternshipOfficerFactory())


def test_end_before_the_last_day_is_refused(db):
    placement = PlacementFactory(status=IS.ACTIVE)

    with time_machine.travel("2026-08-27T12:00:00+08:00", tick=False), pytest.raises(service.TooEarly):
        service.change_status(placement, "end", by=InternshipOfficerFactory())


def test_terminate_needs_a_reason(db):
    placement = PlacementFactory(status=IS.ACTIVE)

    with pytest.raises(service.ReasonMissing):
        service.change_status(placement, "terminate", by=InternshipOfficerFactory(), reason=" ")
    service.change_status(placement, "terminate", by=InternshipOfficerFactory(), reason="单位停业")

    assert placement.status is IS.TERMINATED
    assert timeline(placement)[0].reason == "单位停业"


def test_start_of_a_draft_is_refused(db):
    placement = PlacementFactory()
    record_everything(placement)

    with pytest.raises(InvalidTransition):
        service.change_status(placement, "start", by=InternshipOfficerFactory())


def test_start_twice_at_once_happens_once(app, db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    placement_id, both, outcomes = placement.id, Barrier(2), []
    database.session.commit()

    def start():
        with app.app_context():
            waiting = database.session.get_one(Placement, placement_id)
            database.session.rollback()
            both.wait()
            try:
                service.change_status(waiting, "start", by=None)
                database.session.commit()
                outcomes.append("started")
            except InvalidTransition:
                database.session.rollback()
                outcomes.append("refused")

    threads = [Thread(target=start) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(outcomes) == ["refused", "started"]
    database.session.expire_all()
    assert [event.action for event in timeline(placement)].count("placement.started") == 1


REOPENED = ["INT-13", "INT-20", "INT-21", "INT-41", "INT-47"]
ELSEWHERE = [*REOPENED, "INT-11", "INT-40"]


@pytest.mark.parametrize(
    ("change", "reopened"),
    [
        ({"starts_on": date(2026, 3, 9)}, REOPENED),
        ({"ends_on": date(2026, 8, 30)}, REOPENED),
        ({"workplace": "北京市西城区示范路2号"}, ELSEWHERE),
    ],
    ids=["first day", "last day", "place"],
)
def test_change_of_days_or_place_voids_what_was_signed_for_them(db, change, reopened):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)

    service.change_placement(placement, by=InternshipOfficerFactory(), **change)

    assert codes(placement) == reopened
    assert placement.consents[0].void_reason is VoidReason.PLAN_CHANGED
    assert placement.status is IS.DRAFT


def test_change_of_post_voids_and_leads_to_the_new_host(db):
    placement, other = PlacementFactory(status=IS.PREPARING), PostFactory(host_organisation__address="杭州市示范路3号")
    record_everything(placement)

    service.change_placement(placement, post_id=other.id, workplace=placement.workplace, by=None)

    assert placement.host == other.host_organisation
    assert placement.workplace == "杭州市示范路3号"
    assert codes(placement) == ELSEWHERE


def test_change_of_post_voids_the_exception_and_the_own_application(db):
    placement, other = PlacementFactory(status=IS.PREPARING, **OWN_CHOICE), PostFactory()
    record_everything(placement)
    service.record_filing(
        placement, kind=FilingKind.EXCEPTION, scopes=[ExceptionScope.NIGHT], filed_on=date(2026, 2, 1), by=None
    )

    service.change_placement(placement, post_id=other.id, school_agreed_on=date(2026, 2, 20), by=None)

    assert "INT-15" in codes(placement)
    assert (placement.student_applied_on, placement.school_agreed_on) == (None, date(2026, 2, 20))
    assert [filing.is_void for filing in placement.filings if filing.kind is FilingKind.EXCEPTION] == [True]


def test_change_of_the_days_keeps_the_own_application(db):
    placement = PlacementFactory(**OWN_CHOICE)

    service.change_placement(placement, ends_on=date(2026, 8, 30), by=None)

    assert "INT-15" not in codes(placement)


def test_change_of_the_mentor_voids_nothing(db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)

    service.change_placement(placement, mentor_name="新主管", by=None)

    assert codes(placement) == []
    assert placement.status is IS.PREPARING


def test_change_after_the_first_day_of_work_is_refused(db):
    with pytest.raises(NotPossible):
        service.change_placement(PlacementFactory(status=IS.ACTIVE), mentor_name="新主管", by=None)


def test_new_record_takes_the_place_of_the_former_and_keeps_it(db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_consent(placement)

    service.record_consent(placement, student_signed_on=date(2026, 2, 3), guardian_signed_on=None, by=None)

    assert [consent.is_void for consent in placement.consents] == [True, False]
    assert codes(placement)[0] == "INT-13"
    assert timeline(placement)[0].changes["student_signed_on"] == ["2026-02-01", "2026-02-03"]


def test_record_after_the_end_is_refused(db):
    with pytest.raises(NotPossible):
        record_consent(PlacementFactory(status=IS.ENDED))
