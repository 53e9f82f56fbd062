"""The pages of placements, as each person sees them."""

import json
from datetime import date

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.placements.models import Placement, PlacementStatus
from exchange.placements.recording import KINDS
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.partners import PostFactory
from tests.factories.placements import PlacementFactory, record_everything
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

IS = PlacementStatus
SIGNED = {"student_signed_on": "2026-02-01", "guardian_signed_on": "2026-02-01"}
FORMS = {
    "consent": SIGNED,
    "agreement": SIGNED
    | {
        "template": "示范文本",
        "school_signed_on": "2026-02-01",
        "host_signed_on": "2026-02-01",
        "items": [
            "party_info",
            "time_place_content_requirements_conditions",
            "board_lodging_worktime_rest",
            "pay_and_method",
            "labour_protection_health",
            "insurance_and_accidents",
            "assessment_method",
            "breach_liability",
        ],
    },
    "safety-test": {"taken_on": "2026-02-10", "score": "92", "pass_score": "60"},
    "insurance": {
        "covers_from": "2026-03-02",
        "covers_to": "2026-08-28",
        "payer": "SCHOOL_TUITION",
        "student_listed": "y",
        "student_paid": "0",
    },
    "training": {"student_on": "2026-02-08", "instructor_on": "2026-02-07", "mentor_on": "2026-02-07"},
    "lodging": {
        "away_from_home": "yes",
        "unified": "yes",
        "address": "北京市东城区示范公寓301室",
        "warden_phone": "010-0000000",
    },
    "post-filing": {"filed_on": "2026-02-02"},
    "cross-province-filing": {
        "authority_consent_on": "2026-02-01",
        "filed_on": "2026-02-02",
        "package_sent_on": "2026-02-03",
    },
}
NOTHING_TAKEN = {"fees_known": "none", "documents_known": "none", "guarantees_known": "none"}
EVERYTHING = [
    "INT-13",
    "INT-20",
    "INT-21",
    "INT-36",
    "INT-37",
    "INT-41",
    "INT-46",
    "INT-47",
    "INT-03",
    "INT-11",
    "INT-40",
]
GROUP = {"birth_date": date(2008, 5, 6), "enrolled_on": date(2024, 9, 1)}


def test_three_students_are_planned_approved_recorded_together_and_start(sign_in, db):
    school_class, post = SchoolClassFactory(), PostFactory()
    students = StudentFactory.create_batch(3, school_class=school_class, **GROUP)
    ids = [student.id for student in students]
    officer = sign_in(InternshipOfficerFactory())

    officer.get("/placements/new?" + "&".join(f"student={each}" for each in ids))
    plan = {"students": ids, "post_id": post.id, "kind": "POST", "arranged_by": "SCHOOL"}
    plan |= {"instructor_id": InstructorFactory().id, "mentor_name": "示范主管"}
    officer.post("/placements/new?student=" + str(ids[0]), **plan, starts_on="2026-03-02", ends_on="2026-08-28")
    placements = [each.id for each in database.session.query(Placement).order_by(Placement.id)]
    principal = sign_in(PrincipalFactory())
    principal.post(f"/placements/{placements[0]}/transitions/approve", expect=409)
    officer.get(f"/placements/{placements[0]}/records/declaration")
    officer.post(f"/placements/{placements[0]}/records/declaration", also=placements[1:], **NOTHING_TAKEN)
    for each in placements:
        principal.post(f"/placements/{each}/transitions/approve")
    officer.post(f"/placements/{placements[0]}/transitions/start", expect=409)
    for kind, fields in FORMS.items():
        officer.get(f"/placements/{placements[0]}/records/{kind}")
        officer.post(f"/placements/{placements[0]}/records/{kind}", also=placements[1:], **fields)
    for each in placements:
        officer.post(f"/placements/{each}/transitions/start")

    assert [database.session.get(Placement, each).status for each in placements] == [IS.ACTIVE] * 3


def test_plan_page_says_who_already_has_a_placement(sign_in, db):
    busy = PlacementFactory(status=IS.PREPARING, starts_on=date(2026, 3, 2), ends_on=date(2026, 4, 1)).student
    PlacementFactory(student=busy, status=IS.TERMINATED, starts_on=date(2026, 5, 1), ends_on=date(2026, 6, 1))
    free = StudentFactory(school_class=busy.school_class)

    page = sign_in(InternshipOfficerFactory()).get(f"/placements/new?class={busy.school_class_id}")

    assert f"{busy.name} {busy.student_no} · 准备中" in page
    assert f"{free.name} {free.student_no}</span>" in page


def test_page_and_command_name_the_same_rules(sign_in, runner):
    placement = PlacementFactory(status=IS.PREPARING)
    browser = sign_in(InternshipOfficerFactory())

    page = browser.get(f"/placements/{placement.id}")
    result = runner.invoke(args=["placements", "checklist", str(placement.id), "--json"])

    document = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [finding["rule"] for finding in document["findings"]] == EVERYTHING
    for finding in document["findings"]:
        assert finding["message"] in page


def test_refused_start_shows_the_reason_and_the_list_again(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING)
    browser = sign_in(InternshipOfficerFactory())

    page = browser.post(f"/placements/{placement.id}/transitions/start", expect=409)

    assert "没有办成" in page
    assert "INT-41" in page


def test_start_is_offered_only_when_nothing_is_missing_and_the_day_has_come(sign_in, db):
    missing, ready, early = PlacementFactory.create_batch(3, status=IS.PREPARING)
    early.starts_on, early.ends_on = date(2999, 3, 1), date(2999, 8, 30)
    for placement in (ready, early):
        record_everything(placement)
    database.session.commit()
    browser = sign_in(InternshipOfficerFactory())

    offered = [
        f"/placements/{each.id}/transitions/start" in browser.get(f"/placements/{each.id}")
        for each in (missing, ready, early)
    ]

    assert offered == [False, True, False]


@pytest.mark.parametrize("kind", KINDS)
def test_record_form_comes_back_with_what_is_recorded(sign_in, db, kind):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    database.session.commit()

    page = sign_in(InternshipOfficerFactory()).get(f"/placements/{placement.id}/records/{kind}")

    assert placement.student.name in page


def test_record_with_a_date_that_has_not_come_is_sent_back(sign_in, db):
    placement = PlacementFactory()
    browser = sign_in(InternshipOfficerFactory())

    page = browser.post(f"/placements/{placement.id}/records/consent", expect=422, student_signed_on="2999-01-01")

    assert "还没有到" in page
    assert placement.consents == []


@pytest.mark.parametrize("kind", KINDS)
def test_record_without_a_value_is_sent_back_and_voids_nothing(sign_in, db, kind):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    database.session.commit()
    browser = sign_in(InternshipOfficerFactory())
    browser.get(f"/placements/{placement.id}/records/{kind}")
    unticked = {"items", "student_listed", "scopes", "documents_withheld"}
    emptied = {name: "" for name in (*KINDS[kind].shows, *NOTHING_TAKEN) if name not in unticked}
    suggested = {"template": "示范文本", "pass_score": "60"}

    page = browser.post(f"/placements/{placement.id}/records/{kind}", expect=422, **emptied | suggested)

    assert "至少填一项" in page
    assert [each.is_void for each in KINDS[kind].all_of(placement)] in ([], [False])


def test_student_who_paid_nothing_is_something_to_record(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING)
    browser = sign_in(InternshipOfficerFactory())

    browser.post(f"/placements/{placement.id}/records/insurance", payer="", student_paid="0")

    assert KINDS["insurance"].current(placement).student_paid == 0


def test_record_that_is_not_complete_says_what_is_missing(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING)
    browser = sign_in(InternshipOfficerFactory())
    address = f"/placements/{placement.id}"

    browser.post(f"{address}/records/consent", student_signed_on="2026-02-01")
    partly = browser.get(address)
    browser.post(f"{address}/records/consent", **SIGNED)
    wholly = browser.get(address)

    assert "知情同意书已登记，还缺：监护人签字。" in partly
    assert "知情同意书已登记。" in wholly


def test_record_that_is_complete_but_not_enough_says_why(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING)
    browser = sign_in(InternshipOfficerFactory())
    address = f"/placements/{placement.id}"

    browser.post(f"{address}/records/safety-test", **FORMS["safety-test"] | {"score": "59"})

    assert "安全考核已登记，还缺：安全考核成绩未达到合格线。" in browser.get(address)


def test_record_of_an_unknown_kind_is_not_found(sign_in, db):
    sign_in(InternshipOfficerFactory()).get(f"/placements/{PlacementFactory().id}/records/nothing", expect=404)


def test_change_of_the_days_is_saved_and_voids(sign_in, db):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    database.session.commit()
    browser = sign_in(InternshipOfficerFactory())
    browser.get(f"/placements/{placement.id}/edit")

    browser.post(
        f"/placements/{placement.id}/edit",
        post_id=placement.post_id,
        instructor_id=placement.instructor_id,
        starts_on="2026-03-09",
        ends_on="2026-08-28",
        workplace=placement.workplace,
        directions=placement.directions,
    )

    assert "实习安排有变动" in browser.get(f"/placements/{placement.id}")


def test_change_that_changes_nothing_leaves_no_line(sign_in, db):
    placement = PlacementFactory(mentor_phone=None)
    browser = sign_in(InternshipOfficerFactory())
    browser.get(f"/placements/{placement.id}/edit")

    browser.post(
        f"/placements/{placement.id}/edit",
        post_id=placement.post_id,
        instructor_id=placement.instructor_id,
        starts_on=placement.starts_on.isoformat(),
        ends_on=placement.ends_on.isoformat(),
        workplace=placement.workplace,
        directions=placement.directions,
        mentor_name=placement.mentor_name,
    )

    assert timeline(placement) == []


def test_principal_reads_but_does_not_record(sign_in, db):
    placement = PlacementFactory()
    browser = sign_in(PrincipalFactory())

    page = browser.get(f"/placements/{placement.id}")

    assert "records/consent" not in page
    browser.get(f"/placements/{placement.id}/records/consent", expect=403)


def test_officer_cannot_approve(sign_in, db):
    placement = PlacementFactory()

    sign_in(InternshipOfficerFactory()).post(f"/placements/{placement.id}/transitions/approve", expect=403)

    assert placement.status is IS.DRAFT


def test_homeroom_teacher_sees_the_own_class_only(sign_in, db):
    teacher = HomeroomTeacherFactory()
    own = PlacementFactory(student__school_class=SchoolClassFactory(homeroom_teacher_id=teacher.id))
    foreign = PlacementFactory()
    browser = sign_in(teacher)

    page = browser.get("/placements")

    assert own.student.name in page
    assert foreign.student.name not in page
    browser.get(f"/placements/{foreign.id}", expect=404)


def test_instructor_sees_own_placements_on_the_page_of_a_student(sign_in, db):
    instructor = InstructorFactory()
    own = PlacementFactory(instructor=instructor)
    foreign = PlacementFactory(student=own.student, starts_on=date(2027, 3, 1), ends_on=date(2027, 8, 1))
    browser = sign_in(instructor)

    page = browser.get(f"/students/{own.student_id}/placements")

    assert f"/placements/{own.id}" in page
    assert f"/placements/{foreign.id}" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("?q=岩", True),
        ("?q=nobody", False),
        ("?status=ended", False),
        ("?status=preparing", True),
        ("?status=nonsense", True),
        ("?sort=-name&page=0", True),
        ("?class=x&host=99999", False),
    ],
)
def test_pipeline_is_filtered(sign_in, db, query, found):
    placement = PlacementFactory(status=IS.PREPARING)

    page = sign_in(InternshipOfficerFactory()).get(f"/placements{query}")

    assert (f'href="/placements/{placement.id}"' in page) == found


@pytest.mark.parametrize("name", ["class", "host"])
def test_pipeline_with_a_number_that_no_database_can_keep_says_so(sign_in, db, name):
    page = sign_in(InternshipOfficerFactory()).get(f"/placements?{name}=" + "9" * 23, expect=400)

    assert "太长的数字" in page


def test_pipeline_takes_as_many_statements_for_three_as_for_one(sign_in, count_queries):
    browser = sign_in(InternshipOfficerFactory())
    counts = []

    for more in (1, 2):
        for placement in PlacementFactory.create_batch(more, status=IS.PREPARING):
            record_everything(placement)
        database.session.commit()
        with count_queries() as statements:
            browser.get("/placements")
        counts.append(statements.count)

    assert counts[0] == counts[1]
    assert counts[1] <= 15


def test_my_placement_says_where_when_who_and_what_i_owe(sign_in, db):
    user = StudentUserFactory()
    placement = PlacementFactory(student__user_id=user.id, status=IS.PREPARING, instructor=InstructorFactory())

    page = sign_in(user).get("/placements/mine")

    for expected in (placement.host.name, placement.workplace, placement.directions, placement.instructor.name):
        assert expected in page
    assert 'href="tel:0572-0000000"' in page
    assert "在知情同意书上签字" in page


def test_my_placement_does_not_show_a_draft(sign_in, db):
    user = StudentUserFactory()
    placement = PlacementFactory(student__user_id=user.id)

    page = sign_in(user).get("/placements/mine")

    assert placement.host.name not in page
    assert "问班主任" in page


def test_service_worker_stands_at_the_root(stranger):
    stranger.get("/service-worker.js")

    assert stranger.response.mimetype in {"text/javascript", "application/javascript"}


def test_plan_without_posts_leads_to_the_hosts(sign_in, db):
    assert "/partners/new" in sign_in(InternshipOfficerFactory()).get("/placements/new")


def test_plan_offers_the_students_of_a_class_and_the_chosen_of_another(sign_in, db):
    PostFactory()
    here, there = StudentFactory(), StudentFactory()
    browser = sign_in(InternshipOfficerFactory())

    classes = browser.get(f"/placements/new?q={here.school_class.name}")
    one_class = browser.get(f"/placements/new?class={here.school_class_id}")
    both = browser.get(f"/placements/new?student={here.id}&student={there.id}")

    assert f"class={here.school_class_id}" in classes
    assert (here.student_no in one_class, there.student_no in one_class) == (True, False)
    assert (here.student_no in both, there.student_no in both) == (True, True)
    assert "没有找到" in browser.get("/placements/new?q=nothing")


def test_plan_is_sent_back_when_a_student_is_elsewhere(sign_in, db):
    placement = PlacementFactory()
    browser = sign_in(InternshipOfficerFactory())
    browser.get(f"/placements/new?student={placement.student_id}")

    page = browser.post(
        f"/placements/new?student={placement.student_id}",
        expect=422,
        students=[placement.student_id],
        post_id=placement.post_id,
        kind="POST",
        instructor_id=0,
        starts_on="2026-03-02",
        ends_on="2026-08-28",
    )

    assert "已有实习安排" in page


def test_checklist_command_refuses_an_unknown_placement(runner):
    result = runner.invoke(args=["placements", "checklist", "999", "--json"])

    assert result.exit_code == 2
    assert "999" in result.stderr
    assert result.stdout == ""


def test_checklist_command_of_a_ready_placement_finds_nothing(runner):
    placement = PlacementFactory(status=IS.PREPARING)
    record_everything(placement)
    database.session.commit()

    result = runner.invoke(args=["placements", "checklist", str(placement.id), "--json"])

    assert (result.exit_code, json.loads(result.stdout)) == (0, {"findings": []})


@time_machine.travel("2026-04-01T08:00:00+08:00")  # before the child is of age
def test_guardian_reads_what_is_left_to_sign_on_the_childs_page(sign_in, db):
    guardian = GuardianFactory(user=GuardianUserFactory())
    placement = PlacementFactory(status=PlacementStatus.PREPARING)
    GuardianshipFactory(student=placement.student, guardian=guardian)
    foreign = PlacementFactory(status=PlacementStatus.PREPARING)

    page = sign_in(guardian.user).get("/placements/mine")

    assert placement.student.name in page
    assert "在知情同意书上签字" in page
    assert "要做的事" in page
    assert "请您" not in page
    assert foreign.student.name not in page
