"""Rounds: who is in, what may be entered, and who learns of a medical or political one."""

from decimal import Decimal

import pytest
import time_machine

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.selection import queries, service
from exchange.selection.models import RoundDecision, RoundResult
from exchange.selection.service import Entry
from tests.factories.accounts import (
    PASSWORD,
    HomeroomTeacherFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.programmes import SchoolClassFactory
from tests.factories.selection import (
    AFTERWARDS,
    InternshipBatchFactory,
    OpeningFactory,
    SelectionRoundFactory,
    applied,
    decided,
    taking_part,
)

PASSED, FAILED, ABSENT = RoundDecision
SCORED = {"maximum": Decimal(100), "pass_score": Decimal(60)}

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def batch(db):
    return InternshipBatchFactory()


def names(batch, round_):
    return [each.student_id for each in queries.standing_of(batch).candidates(round_)]


@pytest.mark.parametrize("decision", [FAILED, ABSENT])
def test_who_is_out_does_not_appear_in_the_next_round(batch, decision):
    opening = OpeningFactory(batch=batch)
    first, second = (SelectionRoundFactory(batch=batch, position=number) for number in (1, 2))
    through, out, waiting = (applied(batch, opening) for _number in range(3))
    decided(first, through)
    decided(first, out, decision)

    assert names(batch, first) == [through.id, out.id, waiting.id]
    assert names(batch, second) == [through.id]


def test_round_of_one_opening_concerns_only_who_wants_it(batch):
    near, far = OpeningFactory.create_batch(2, batch=batch)
    interview = SelectionRoundFactory(batch=batch, opening=far, position=1)
    medical = SelectionRoundFactory(batch=batch, position=2)
    only_near, both = applied(batch, near), applied(batch, far, near)
    decided(interview, both, FAILED)
    standing = queries.standing_of(batch)

    assert names(batch, interview) == [both.id]
    assert names(batch, medical) == [only_near.id, both.id]  # near is still open to both
    assert standing.out_at(both.id, far.id) == interview
    assert standing.out_at(both.id, near.id) is None


def test_score_decides_by_the_pass_mark_unless_somebody_has_decided(batch):
    opening, round_ = OpeningFactory(batch=batch), SelectionRoundFactory(batch=batch, **SCORED)
    good, bad, excused = (applied(batch, opening) for _number in range(3))
    entries = {
        good.id: Entry(Decimal(60)),
        bad.id: Entry(Decimal("59.5")),
        excused.id: Entry(Decimal(50), PASSED),
    }

    changed = service.enter_results(round_, entries, by=None)

    standing = queries.standing_of(batch)
    assert changed == 3
    assert [standing.decision(round_, each.id) for each in (good, bad, excused)] == [PASSED, FAILED, PASSED]
    assert timeline(round_)[0].changes["results"][bad.student_no] == ["", "59.5 failed"]
    assert service.enter_results(round_, {good.id: Entry(Decimal(60), PASSED)}, by=None) == 0


def test_results_that_cannot_be_right_are_refused(batch):
    opening, round_ = OpeningFactory(batch=batch), SelectionRoundFactory(batch=batch, quota=1, **SCORED)
    one, two, stranger = applied(batch, opening), applied(batch, opening), taking_part(batch)

    with pytest.raises(service.NotTheseResults, match="0 到 100"):
        service.enter_results(round_, {one.id: Entry(Decimal(101))}, by=None)
    with pytest.raises(service.NotTheseResults, match="名单变了"):
        service.enter_results(round_, {stranger.id: Entry(Decimal(80))}, by=None)
    with pytest.raises(service.NotTheseResults, match="最多通过 1 人，现在是 2 人"):
        service.enter_results(round_, {each.id: Entry(Decimal(80)) for each in (one, two)}, by=None)


def test_points_are_the_mean_of_the_scores_by_weight(batch):
    opening = OpeningFactory(batch=batch)
    student = applied(batch, opening)
    test = SelectionRoundFactory(batch=batch, position=1, maximum=Decimal(100), weight=1)
    interview = SelectionRoundFactory(batch=batch, position=2, maximum=Decimal(50), weight=3)
    decided(test, student, score=Decimal(80))
    decided(interview, student, score=Decimal(45))

    assert queries.standing_of(batch).points(student.id, opening.id) == 875  # (80 + 3 × 90) / 4


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"is_sensitive": True, "maximum": Decimal(100)}, "不打分"),
        ({"pass_score": Decimal(60)}, "合格线"),
        ({"maximum": Decimal(50), "pass_score": Decimal(60)}, "合格线"),
    ],
)
def test_round_that_cannot_be_meant_is_refused(batch, values, sentence):
    with pytest.raises(service.NotThisRound, match=sentence):
        service.add_round(batch, name="体检", by=None, **values)


def test_usual_rounds_come_in_their_order(batch):
    rounds = service.add_usual_rounds(batch, by=None)

    assert [each.name for each in rounds] == ["推荐", "学校测试", "单位面试", "体检", "政审"]
    assert [each.is_sensitive for each in rounds] == [False, False, False, True, True]


def test_a_class_is_entered_on_one_page(sign_in, batch):
    opening, round_ = OpeningFactory(batch=batch), SelectionRoundFactory(batch=batch, **SCORED)
    one, two = applied(batch, opening), applied(batch, opening)
    elsewhere = applied(batch, opening, school_class=SchoolClassFactory())
    browser, url = sign_in(InternshipOfficerFactory()), f"/selection/rounds/{round_.id}"

    page = browser.get(url)
    assert elsewhere.name not in page
    browser.post(url, **{f"s.{one.id}": "86.5", f"d.{one.id}": "", f"s.{two.id}": "", f"d.{two.id}": "absent"})
    page = browser.get(url)

    assert 'value="86.5"' in page
    assert "1 人通过，2 / 3 人有结果" in page
    assert elsewhere.name in browser.get(f"{url}?class={elsewhere.school_class_id}")


def test_sheet_with_a_mistake_comes_back_with_everything_typed(sign_in, batch):
    round_ = SelectionRoundFactory(batch=batch, **SCORED)
    student = applied(batch, OpeningFactory(batch=batch))
    browser, url = sign_in(InternshipOfficerFactory()), f"/selection/rounds/{round_.id}"
    browser.get(url)

    page = browser.post(url, expect=409, **{f"s.{student.id}": "八十六", f"d.{student.id}": "passed"})

    assert "不是分数" in page
    assert 'value="八十六"' in page
    assert database.session.query(RoundResult).count() == 0


@time_machine.travel(AFTERWARDS)
def test_medical_round_is_known_to_the_office_alone(sign_in, batch):
    """Nobody else reads the outcome: not on a page, not by its name in the list, not in the trail, not in the table."""
    student = applied(batch, OpeningFactory(batch=batch), user=StudentUserFactory())
    teacher = HomeroomTeacherFactory()
    student.school_class.homeroom_teacher_id = teacher.id
    medical = SelectionRoundFactory(batch=batch, name="体检环节", is_sensitive=True)
    database.session.commit()
    officer, url = sign_in(InternshipOfficerFactory()), f"/selection/batches/{batch.id}"
    officer.get(f"/selection/rounds/{medical.id}")
    officer.post(f"/selection/rounds/{medical.id}", **{f"d.{student.id}": "failed"})

    assert "“体检环节”未通过" in officer.get(f"{url}/applications")
    for person in (teacher, PrincipalFactory()):
        page = sign_in(person).get(f"{url}/applications")
        assert "未通过" not in page
        assert "没有进入分配" in page
    principal = sign_in(PrincipalFactory())
    assert "体检环节已有结果" in principal.get(url)
    principal.get(f"/selection/rounds/{medical.id}", expect=403)
    own = sign_in(student.user).get("/selection/mine")
    assert "结果当面告知" in own
    assert "未通过" not in own
    assert timeline(medical)[0].changes == {"students": [student.student_no]}
    stored = database.session.connection().exec_driver_sql("SELECT sealed_decision FROM round_result").scalar()
    assert "failed" not in stored


def test_round_with_scores_cannot_become_a_sensitive_one(batch):
    student = applied(batch, OpeningFactory(batch=batch))
    round_ = SelectionRoundFactory(batch=batch, maximum=Decimal(100))
    decided(round_, student, score=Decimal(80))

    with pytest.raises(service.NotThisRound, match="先清空分数"):
        service.change_round(round_, opening=None, is_sensitive=True, maximum=None, pass_score=None, by=None)


def test_round_is_changed_on_its_page(sign_in, batch):
    round_, opening = SelectionRoundFactory(batch=batch), OpeningFactory(batch=batch)
    browser, url = sign_in(InternshipOfficerFactory()), f"/selection/rounds/{round_.id}/edit"
    browser.get(url)

    browser.post(url, name="经理面试", position="2", opening_id=opening.id, weight="1", quota="3")

    assert (round_.name, round_.position, round_.opening_id, round_.quota) == ("经理面试", 2, opening.id, 3)


@pytest.mark.browser
def test_scores_of_a_class_are_typed_without_the_mouse(app, address, chromium, batch):
    round_, opening = SelectionRoundFactory(batch=batch, **SCORED), OpeningFactory(batch=batch)
    ids, url = [applied(batch, opening).id for _number in range(3)], f"{address}/selection/rounds/{round_.id}"
    username = InternshipOfficerFactory().username
    database.session.remove()  # SQLite lets nobody else write before
    page = chromium.new_page(locale="zh-CN")
    sign_in_on(page, address, username)
    page.goto(url)

    page.focus(f'[name="s.{ids[0]}"]')
    for key in ("8", "6", "Enter", "5", "0", "Tab", "1", "Enter", "3", "Enter"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")  # the button "save" has the focus now
    page.wait_for_selector("text=已保存，改动 3 人")
    page.close()

    results = database.session.query(RoundResult).order_by(RoundResult.student_id)
    assert [each.student_id for each in results] == ids
    assert [each.decision for each in results] == [PASSED, PASSED, ABSENT]


def sign_in_on(page, address, username):
    page.goto(f"{address}/accounts/sign-in")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
