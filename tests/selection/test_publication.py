"""The public result: the own line and no other, the appeal, and the drafts of placements."""

from datetime import date

import pytest
import time_machine

from exchange.accounts.models import User
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.core.workflow import InvalidTransition
from exchange.placements.models import Placement, PlacementStatus
from exchange.selection import service
from exchange.selection.models import Appeal, AppealStatus, BatchStatus
from exchange.selection.queries.proposals import assignments_of, newest_proposal
from tests.factories.accounts import (
    GuardianUserFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.placements import PlacementFactory
from tests.factories.selection import (
    AFTERWARDS,
    AppealFactory,
    InternshipBatchFactory,
    OpeningFactory,
    applied,
    proposed,
)
from tests.factories.students import GuardianshipFactory

pytestmark = pytest.mark.usefixtures("db")
LAST_DAY, OVER = "2026-12-17 04:00", "2026-12-18 04:00"


@pytest.fixture
def batch(db):
    return InternshipBatchFactory()


@pytest.fixture
def published(batch):
    """Two students with a place, one without; the first and the guardian of the first can sign in."""
    opening = OpeningFactory(batch=batch, places=2)
    minor = {"birth_date": date(2009, 6, 1), "user": StudentUserFactory()}
    people = [applied(batch, opening, **minor), applied(batch, opening), applied(batch, opening)]
    guardian = GuardianshipFactory(student=people[0], guardian__user=GuardianUserFactory()).guardian
    proposed(batch, (people[0], opening), (people[1], opening), (people[2], None))
    with time_machine.travel(AFTERWARDS):
        service.publish(batch, by=None)
        database.session.commit()
    return people, guardian.user, opening


def test_publication_needs_a_proposal_and_opens_the_appeals(batch):
    opening = OpeningFactory(batch=batch)
    student = applied(batch, opening)
    with time_machine.travel(AFTERWARDS):
        with pytest.raises(service.NotReady, match="还没有分配"):
            service.publish(batch, by=None)
        proposed(batch, (student, opening))
        service.publish(batch, by=None)

    assert (batch.status, batch.appeals_until) == (BatchStatus.PUBLISHED, date(2026, 12, 17))


def test_nobody_is_published_who_would_be_alone(batch):
    opening = OpeningFactory(batch=batch, in_company=True)
    student = applied(batch, opening)
    proposed(batch, (student, opening))

    with pytest.raises(service.NotReady, match=student.name):
        service.publish(batch, by=None)


@time_machine.travel(LAST_DAY)
def test_family_reads_its_own_line_and_no_other(sign_in, home, published, batch):
    people, guardian, opening = published

    for person in (people[0].user, guardian):
        page = sign_in(person).get("/selection/mine")
        assert f"去处：{opening.title}" in page
        assert not any(other.name in page for other in people[1:])
    assert home(guardian) == [f"实习去向公布了：{batch.name}"]


@time_machine.travel(LAST_DAY)
def test_family_appeals_and_the_principal_answers(sign_in, home, published, batch):
    people, guardian, _opening = published
    browser, url = sign_in(guardian), f"/selection/batches/{batch.id}/students/{people[0].id}/appeal"
    browser.get(url)
    browser.post(url, because="面试分数记错了")
    assert "等学校答复" in browser.get("/selection/mine")
    assert "已经有一件申诉" in browser.post(url, expect=422, because="再说一次")
    principal = PrincipalFactory()
    assert home(principal) == ["答复 1 件实习去向申诉"]
    appeal = database.session.query(Appeal).one()
    office = sign_in(InternshipOfficerFactory())
    office.get(f"/selection/appeals/{appeal.id}")
    office.post(f"/selection/appeals/{appeal.id}", expect=403, step="uphold", reason="算错了")
    head = sign_in(principal)
    head.get(f"/selection/appeals/{appeal.id}")
    assert "写明理由" in head.post(f"/selection/appeals/{appeal.id}", expect=422, step="dismiss", reason="")
    head.post(f"/selection/appeals/{appeal.id}", step="dismiss", reason="分数核对过，没有错")

    page = browser.get("/selection/mine")
    assert "维持原结果" in page
    assert "分数核对过，没有错" in page
    assert home(principal) == []


def test_appeals_end_with_their_last_day(published, batch):
    people, guardian, _opening = published
    by = database.session.get(User, guardian.id)
    with time_machine.travel(OVER), pytest.raises(NotPossible, match="已经截止"):
        service.appeal(batch, people[0], because="晚了", by=by)


def test_decided_appeal_is_not_decided_again(db):
    appeal, principal = AppealFactory(), PrincipalFactory()
    service.decide_appeal(appeal, "uphold", reason="属实", by=principal)

    with pytest.raises(InvalidTransition, match="状态已经变了"):
        service.decide_appeal(appeal, "dismiss", reason="不属实", by=principal)
    assert appeal.status is AppealStatus.UPHELD


def test_upheld_appeal_lets_the_office_change_the_public_line(published, batch):
    people, _guardian, opening = published
    found = {each.student_id: each for each in assignments_of(newest_proposal(batch))}
    service.override(found[people[1].id], None, reason="本人放弃", by=None)
    service.override(found[people[2].id], opening, reason="申诉成立", by=None)

    assert found[people[2].id].opening_id == opening.id


def test_drafts_follow_only_after_the_appeals(published, batch):
    people, _guardian, _opening = published
    with time_machine.travel(LAST_DAY), pytest.raises(service.NotReady, match="申诉期到"):
        service.take_over(batch, by=None)
    appeal = AppealFactory(batch=batch, student=people[2])
    with time_machine.travel(OVER):
        with pytest.raises(service.NotReady, match="还有申诉"):
            service.take_over(batch, by=None)
        service.decide_appeal(appeal, "dismiss", reason="没有名额", by=PrincipalFactory())
        taken = service.take_over(batch, by=None)
        again = service.take_over(batch, by=None)

    drafts = database.session.query(Placement).all()
    assert (taken.drafted, taken.refusals, again.drafted) == (2, [], 0)
    assert {each.student_id for each in drafts} == {people[0].id, people[1].id}
    assert {(each.status, each.starts_on, each.ends_on) for each in drafts} == {
        (PlacementStatus.DRAFT, batch.starts_on, batch.ends_on)
    }


@time_machine.travel(OVER)
def test_one_opening_that_is_refused_stops_no_other(sign_in, batch):
    busy_at, free_at = OpeningFactory.create_batch(2, batch=batch)
    busy, free = applied(batch, busy_at), applied(batch, free_at)
    PlacementFactory(student=busy, starts_on=batch.starts_on, ends_on=batch.ends_on)
    proposed(batch, (busy, busy_at), (free, free_at))
    batch.status, batch.appeals_until = BatchStatus.PUBLISHED, date(2026, 12, 17)
    database.session.commit()
    officer, url = sign_in(InternshipOfficerFactory()), f"/selection/batches/{batch.id}"
    officer.get(url)

    officer.post(f"{url}/take-over")
    page = officer.get(url)

    assert "已转成 1 份实习安排" in page
    assert f"{busy.name}在这段时间已有实习安排" in page
    assert "安全考核" in page  # what blocks the draft stands on the page of the batch


def test_published_result_moves_no_more(published, batch):
    with pytest.raises(NotPossible, match="已经公布"):
        service.propose(batch, seed=1, by=None)
