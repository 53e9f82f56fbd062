"""The mentor's standing link: hours of all students in one tap, again and again, and nothing of other mentors."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.journals import service
from exchange.journals.models import WeeklyLog
from exchange.journals.values import Mood, Review
from exchange.links.models import Link, LinkState
from exchange.links.queries import find
from exchange.placements.models import PlacementStatus
from tests.factories.accounts import InstructorFactory
from tests.factories.journals import RunningPlacementFactory, WeeklyLogFactory

GONE = 410


@pytest.fixture(autouse=True)
def second_week(db):
    with time_machine.travel("2026-03-09 08:00:00+08:00", tick=False):
        yield


@pytest.fixture
def teacher():
    return InstructorFactory(name="尹老师")


@pytest.fixture
def placement(teacher):
    return RunningPlacementFactory(student__name="岩旺", instructor=teacher, mentor_name="王主管")


@pytest.fixture
def logs(placement, teacher):
    """The first week of two students of the same mentor."""
    other = RunningPlacementFactory(
        student__name="刀玉兰", post=placement.post, instructor=teacher, mentor_name="王主管"
    )
    return [WeeklyLogFactory(placement=each, mood=Mood.HARD).id for each in (placement, other)]


@pytest.fixture
def address(placement, teacher):
    return make(placement, teacher)


def make(placement, teacher):
    token = service.make_mentor_link(placement, by=teacher)
    database.session.commit()
    return f"/m/{token}"


def boxes(log_ids):
    return [f"{each}.{database.session.get_one(WeeklyLog, each).version}" for each in log_ids]


def confirmed():
    database.session.expire_all()
    rows = select(WeeklyLog.hours_confirmed_by).order_by(WeeklyLog.id)
    return list(database.session.scalars(rows))


def test_hours_of_all_students_are_confirmed_at_once_without_an_account(stranger, logs, address):
    page = stranger.get(address)
    assert "王主管，您好。" in page
    assert "岩旺" in page
    assert "刀玉兰" in page
    assert str(Mood.HARD.label) not in page

    stranger.post(address, confirm=boxes(logs))

    assert confirmed() == ["王主管", "王主管"]
    page = stranger.get(stranger.response.location)
    assert "学校收到了" in page
    assert "现在没有等您确认的工时" in page
    assert "已经确认的" in page


def test_link_is_used_again_and_each_answer_puts_its_end_off(stranger, logs, address, placement):
    stranger.get(address)
    stranger.post(address, confirm=boxes(logs[:1]))
    with time_machine.travel("2026-03-29 08:00:00+08:00", tick=False):
        WeeklyLogFactory(placement=placement, week=date(2026, 3, 23))
        stranger.get(address)
        stranger.post(address, confirm=boxes(logs[1:]))
    with time_machine.travel("2026-04-18 08:00:00+08:00", tick=False):
        stranger.get(address)
        assert database.session.query(Link).one().state(database.session.query(Link).one().created_at) is (
            LinkState.STANDING
        )
    with time_machine.travel("2026-04-19 08:00:00+08:00", tick=False):
        assert "过期" in stranger.get(address, expect=GONE)


def test_link_that_is_never_used_ends_after_three_weeks(stranger, logs, address):
    with time_machine.travel("2026-03-30 07:59:00+08:00", tick=False):
        stranger.get(address)
    with time_machine.travel("2026-03-30 08:00:00+08:00", tick=False):
        stranger.get(address, expect=GONE)


def test_log_that_was_changed_after_the_page_was_opened_is_not_confirmed(stranger, logs, address):
    stranger.get(address)
    seen = boxes(logs)
    log = database.session.get_one(WeeklyLog, logs[0])
    log.hours = ["12", *log.hours[1:]]
    database.session.commit()

    assert "岩旺刚才改了" in stranger.post(address, expect=422, confirm=seen)

    assert confirmed() == [None, None]


@pytest.mark.parametrize("change", [{"mentor_name": "李主管"}, {"post": None}, {"status": PlacementStatus.TERMINATED}])
def test_log_of_somebody_elses_student_is_neither_shown_nor_confirmed(stranger, address, placement, change):
    same = {"post": placement.post, "mentor_name": "王主管"} | change
    foreign = RunningPlacementFactory(student__name="别家学生", **{k: v for k, v in same.items() if v is not None})
    log = WeeklyLogFactory(placement=foreign)
    assert "别家学生" not in stranger.get(address)

    stranger.post(address, expect=422, confirm=boxes([log.id]))
    stranger.post(address, expect=422, **{f"words.{log.id}": "好"})

    assert confirmed() == [None]


def test_words_reach_student_and_teacher_and_confirm_nothing(stranger, sign_in, logs, address, teacher, placement):
    stranger.get(address)
    stranger.post(address, **{f"words.{logs[0]}": "周六没有上班"})

    page = sign_in(teacher).get(f"/journals/placements/{placement.id}")

    assert "周六没有上班" in page
    assert confirmed() == [None, None]


@pytest.mark.parametrize("fields", [{}, {"confirm": "abc"}, {"confirm": "1"}, {"words.x": "好"}])
def test_nothing_that_can_be_read_is_refused_with_a_sentence(stranger, logs, address, fields):
    stranger.get(address)

    assert "还没有勾任何一个学生" in stranger.post(address, expect=422, **fields)


def test_log_that_was_sent_back_is_not_shown(stranger, placement, address):
    WeeklyLogFactory(placement=placement, status=Review.RETURNED)

    assert "现在没有等您确认的工时" in stranger.get(address)


def test_new_link_takes_the_old_one_back_and_can_be_taken_back_itself(stranger, sign_in, placement, teacher, address):
    browser = sign_in(teacher)
    page = f"/journals/placements/{placement.id}/mentor-link"
    assert "岩旺" in browser.get(page)
    assert "只在这里显示一次" in browser.post(page, expect=200)
    assert "收回" in stranger.get(address, expect=GONE)

    browser.post(f"{page}/revoke")

    states = [link.state(link.created_at) for link in database.session.scalars(select(Link)).unique()]
    assert states == [LinkState.REVOKED, LinkState.REVOKED]


def test_link_ends_when_nobody_works_there_any_more(stranger, placement, address):
    placement.status, placement.ends_on = PlacementStatus.ENDED, date(2026, 3, 6)
    database.session.commit()
    stranger.get(address)
    placement.ends_on = date(2026, 2, 1)
    placement.starts_on = date(2026, 1, 1)
    database.session.commit()

    assert "您现在没有带实习学生" in stranger.get(address, expect=GONE)


def test_whoever_is_signed_in_confirms_nothing(sign_in, logs, address, teacher):
    browser = sign_in(teacher)
    browser.get(address)

    browser.post(address, expect=422, confirm=boxes(logs))

    assert confirmed() == [None, None]


def test_token_is_not_kept_and_no_other_opens_anything(stranger, address):
    token = address.removeprefix("/m/")
    link = find(token)
    kept = {str(getattr(link, column.name)) for column in Link.__table__.columns}

    assert token not in kept
    assert len(token) >= 43
    stranger.get(f"/m/{token[:-1]}", expect=404)


def test_other_instructor_makes_no_link(sign_in, placement):
    browser = sign_in(InstructorFactory())
    browser.get("/journals")

    browser.get(f"/journals/placements/{placement.id}/mentor-link", expect=404)
    browser.post(f"/journals/placements/{placement.id}/mentor-link", expect=404)


def test_link_needs_a_mentor(sign_in, teacher):
    placement = RunningPlacementFactory(instructor=teacher, mentor_name="")

    assert "先在实习安排里写上" in sign_in(teacher).get(f"/journals/placements/{placement.id}/mentor-link")
    with pytest.raises(NotPossible, match="单位指导人"):
        service.make_mentor_link(placement, by=teacher)


def test_page_speaks_english(stranger, logs, address):
    assert "Hours of your interns" in stranger.get(f"{address}?lang=en")
