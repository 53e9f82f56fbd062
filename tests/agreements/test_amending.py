"""Amendments void what was signed and make the next version; an early end stops the days for every reader."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from exchange.agreements import queries, service
from exchange.agreements.models import Amendment, Termination
from exchange.agreements.values import AmendmentKind, DocumentKind, TerminationReason
from exchange.attendance.queries.excuses import excuses_on
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.rules import Unmet
from exchange.coursework.graduation.records import _internships
from exchange.placements import queries as placement_queries
from exchange.placements import service as placements
from exchange.placements.models import PlacementStatus, VoidReason
from exchange.placements.record_facts import facts_of
from exchange.placements.whereabouts import placements_on
from exchange.students.models import Student
from tests.factories.accounts import GuardianUserFactory, InternshipOfficerFactory
from tests.factories.agreements import TERMS, issued, placement_with_family
from tests.factories.partners import PostFactory
from tests.factories.placements import PlacementFactory, record_everything

PREPARED, AT_WORK = "2026-02-01T08:00:00+08:00", "2026-04-10T08:00:00+08:00"
WHY = {"reason": "单位调整岗位", "decided_by": "实习办"}


@pytest.fixture
def officer(db):
    return InternshipOfficerFactory()


@pytest.fixture
def ready(db):
    """Approved, all recorded and signed."""
    with time_machine.travel(PREPARED):
        placement, _bond = placement_with_family(status=PlacementStatus.PREPARING)
        issued(placement)
        record_everything(placement)
        database.session.commit()
    return placement


@pytest.fixture
def at_work(ready):
    with time_machine.travel("2026-03-02T08:00:00+08:00"):
        placements.change_status(ready, "start", by=None)
    return ready


def ended(placement, officer, **changes):
    given = {
        "code": TerminationReason.FAMILY,
        "last_day": date(2026, 4, 8),
        "asked_on": date(2026, 4, 1),
        "decided_by": "实习办",
        "note": "家中有事",
        "next_step": "交日志，4月13日回校。",
    }
    return service.terminate(placement, **given | changes, by=officer)


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        ({"ends_on": date(2026, 8, 14)}, AmendmentKind.DAYS),
        ({"workplace": "北京市示范路9号"}, AmendmentKind.PLACE),
        ("post", AmendmentKind.POST),
    ],
)
@time_machine.travel(PREPARED)
def test_amendment_of_the_plan_voids_signatures_and_start_refuses_again(ready, officer, plan, kind):
    if plan == "post":
        plan = {"post_id": PostFactory(host_organisation=ready.host, name="客房服务").id}

    service.amend(ready, plan=plan, terms={}, **WHY, by=officer)

    assert ready.agreements[-1].void_reason is VoidReason.PLAN_CHANGED
    assert queries.in_force(ready, DocumentKind.AGREEMENT).version == 2
    assert database.session.scalars(select(Amendment)).one().kinds == [kind.value]
    placements.change_status(ready, "approve", by=None)
    with time_machine.travel("2026-03-02T08:00:00+08:00"), pytest.raises(Unmet) as refused:
        placements.change_status(ready, "start", by=None)
    assert {"INT-13", "INT-20"} <= {each.rule.code for each in refused.value.findings}


@time_machine.travel(PREPARED)
def test_amendment_of_the_pay_voids_the_signatures_but_not_the_approval(ready, officer):
    amendment = service.amend(ready, plan={}, terms={"pay_amount": 2800, "pay_per": "month"}, **WHY, by=officer)

    assert amendment.kinds == ["pay"]
    assert amendment.changes == {"pay_amount": ["2600", "2800"]}
    assert ready.status is PlacementStatus.PREPARING
    assert ready.agreements[-1].void_reason is VoidReason.TEXT_CHANGED
    assert "每月 2800 元" in str(queries.in_force(ready, DocumentKind.AGREEMENT).content)


@time_machine.travel(PREPARED)
def test_amendment_that_changes_nothing_is_refused(ready, officer):
    with pytest.raises(NotPossible, match="没有改动"):
        service.amend(ready, plan={"ends_on": ready.ends_on}, terms={"rest": TERMS["rest"]}, **WHY, by=officer)

    assert not ready.agreements[-1].is_void


@time_machine.travel(PREPARED)
def test_without_an_agreement_there_is_nothing_to_amend(db, officer):
    with pytest.raises(NotPossible, match="先出具"):
        service.amend(PlacementFactory(), plan={}, terms={}, **WHY, by=officer)


@time_machine.travel(AT_WORK)
def test_running_placement_is_amended_and_goes_on(at_work, officer):
    service.amend(at_work, plan={"ends_on": date(2026, 7, 31)}, terms={}, **WHY, by=officer)

    assert at_work.status is PlacementStatus.ACTIVE
    assert facts_of(at_work).placement.end == date(2026, 7, 31)
    assert facts_of(at_work).agreement.student_signed_on is None
    assert placements_on(select(Student.id), date(2026, 8, 3)) == {}


@pytest.mark.parametrize(
    ("plan", "word"),
    [
        ({"starts_on": date(2026, 3, 9)}, "第一天"),
        ({"ends_on": date(2026, 4, 9)}, "提前终止"),
        ("other host", "换单位"),
    ],
)
@time_machine.travel(AT_WORK)
def test_running_placement_keeps_first_day_and_host(at_work, officer, plan, word):
    plan = {"post_id": PostFactory().id} if plan == "other host" else plan

    with pytest.raises(NotPossible, match=word):
        service.amend(at_work, plan=plan, terms={}, **WHY, by=officer)


@time_machine.travel(AT_WORK)
def test_early_end_stops_the_days_for_every_reader(at_work, officer):
    ended(at_work, officer)

    student, last = at_work.student, date(2026, 4, 8)
    assert (at_work.status, at_work.last_day) == (PlacementStatus.TERMINATED, last)
    for day, excused in ((last, True), (last + timedelta(days=1), False)):
        assert bool(excuses_on(select(Student.id), day).of(student.id)) is excused
        assert placement_queries.has_overlap(student.id, day, day) is excused
    assert _internships([student.id])[student.id][0].ends_on == last
    assert facts_of(at_work).placement.end == last
    assert facts_of(at_work).instructors[0].to == last


@time_machine.travel(PREPARED)
def test_what_never_began_excuses_nothing(ready, officer):
    kept = ended(ready, officer, last_day=None, asked_on=None)

    assert kept.last_day is None
    assert placements_on(select(Student.id), ready.starts_on) == {}
    assert not placement_queries.has_overlap(ready.student_id, ready.starts_on, ready.ends_on)
    assert _internships([ready.student_id]) == {}


@pytest.mark.parametrize(
    ("last_day", "word"),
    [(None, "最后一天"), (date(2026, 3, 1), "实习期间"), (date(2026, 4, 11), "今天以后")],
)
@time_machine.travel(AT_WORK)
def test_last_day_lies_in_the_internship_and_not_ahead(at_work, officer, last_day, word):
    with pytest.raises(NotPossible, match=word):
        ended(at_work, officer, last_day=last_day)


@time_machine.travel(AT_WORK)
def test_early_end_keeps_why_who_and_what_is_left_to_do(at_work, officer):
    ended(at_work, officer)

    kept = database.session.scalars(select(Termination)).one()
    assert (kept.code, kept.decided_by, kept.note) == (TerminationReason.FAMILY, "实习办", "家中有事")
    assert kept.recorded_by_id == officer.id
    assert len(TerminationReason) == 10


@time_machine.travel(PREPARED)
def test_office_amends_on_a_page(sign_in, ready, officer):
    browser = sign_in(officer)
    address = f"/placements/{ready.id}/amendment"
    browser.get(address)
    fields = {
        "post_id": str(ready.post_id),
        "starts_on": "2026-03-02",
        "ends_on": "2026-08-14",
        "workplace": ready.workplace,
        "pay_amount": "2600",
        "pay_per": "month",
        "working_time": "标准工时，每天 8:30—17:00，每周不超过 40 小时。",
        "rest": "周六、周日和法定节假日休息。",
        "meals": "单位食堂提供三餐，免费。",
        "lodging": "员工公寓301室，四人一间，免费。",
        **WHY,
    }

    browser.post(address, **fields)

    page = browser.get(f"/placements/{ready.id}/agreements")
    assert "2026-08-28 → 2026-08-14" in page
    assert "第 2 版" in page
    assert "实习安排有变动" in page


@time_machine.travel(AT_WORK)
def test_office_ends_early_on_a_page_and_the_guardian_reads_what_is_left(sign_in, at_work, officer):
    browser = sign_in(officer)
    guardian = at_work.student.guardianships[0].guardian
    guardian.user = GuardianUserFactory()
    database.session.commit()
    address = f"/placements/{at_work.id}/termination"
    assert address in browser.get(f"/placements/{at_work.id}")
    browser.get(address)

    browser.post(
        address,
        code="family",
        last_day="2026-04-08",
        asked_on="2026-04-01",
        decided_by="实习办",
        note="家中有事",
        next_step="交日志，4月13日回校。",
    )

    assert "家庭原因" in browser.get(f"/placements/{at_work.id}/agreements")
    assert "4月13日回校" in sign_in(guardian.user).get("/agreements/mine")
    browser.get(address, expect=403)
