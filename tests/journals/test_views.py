"""The pages of logs, as students, families and teachers open them."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.journals.models import InternshipReport, WeeklyLog
from exchange.journals.values import Mood, Review
from tests.factories.accounts import (
    GuardianUserFactory,
    InstructorFactory,
    InternshipOfficerFactory,
    PrincipalFactory,
    StudentUserFactory,
)
from tests.factories.journals import REPORT, InternshipReportFactory, RunningPlacementFactory, WeeklyLogFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory

FIRST, SECOND = "2026-03-02", "2026-03-09"
FIELDS = {"did": "在前台帮客人办入住", "learnt": "怎么登记证件", "hours_0": "8", "hours_1": "7.5", "mood": "fine"}


@pytest.fixture(autouse=True)
def third_week(db):
    with time_machine.travel("2026-03-17 20:00:00+08:00", tick=False):
        yield


@pytest.fixture
def user():
    return StudentUserFactory()


@pytest.fixture
def teacher():
    return InstructorFactory(name="尹老师")


@pytest.fixture
def placement(user, teacher):
    return RunningPlacementFactory(student__user_id=user.id, student__name="岩旺", instructor=teacher)


def only(model):
    return database.session.query(model).one()


def address(placement, week):
    return f"/journals/placements/{placement.id}/weeks/{week}"


def test_student_finds_the_oldest_missing_week_and_hands_it_in(sign_in, user, placement):
    browser = sign_in(user)
    assert "写实习周志：还差 1 周" in browser.get("/")
    page = browser.get("/journals/mine")
    assert "2026年3月2日 – 2026年3月8日" in page
    assert "已经晚了" in page

    browser.post(address(placement, FIRST), **FIELDS)

    log = only(WeeklyLog)
    assert (log.week, log.hours[:3], log.is_late, log.mood) == (date(2026, 3, 2), ["8", "7.5", None], True, Mood.FINE)
    page = browser.get(browser.response.location)
    assert "周志交了" in page
    assert f'data-log-sent="{user.id}.{placement.id}.{FIRST}"' in page
    assert "写实习周志" not in browser.get("/")


def test_what_is_missing_is_said_and_nothing_typed_is_lost(sign_in, user, placement):
    browser = sign_in(user)
    browser.get("/journals/mine")

    page = browser.post(address(placement, SECOND), expect=422, **{**FIELDS, "learnt": "", "hours_0": "abc"})

    assert "还没有交" in page
    assert "在前台帮客人办入住" in page
    assert database.session.query(WeeklyLog).count() == 0


def test_a_week_that_does_not_exist_is_not_found_or_refused(sign_in, user, placement):
    browser = sign_in(user)
    browser.get("/journals/mine")

    browser.post(address(placement, "hello"), expect=404)
    assert "不在实习期间" in browser.post(address(placement, "2026-01-05"), expect=422, **FIELDS)


def test_nobody_writes_for_another_student(sign_in, placement):
    other = sign_in(StudentUserFactory())
    other.get("/journals/mine")

    other.post(address(placement, FIRST), expect=404, **FIELDS)
    other.get(f"/journals/placements/{placement.id}/report", expect=404)


def test_guardian_reads_the_childs_weeks_but_not_how_the_child_is(sign_in, placement):
    guardian = GuardianUserFactory()
    GuardianshipFactory(student=placement.student, guardian=GuardianFactory(user=guardian))
    WeeklyLogFactory(placement=placement, mood=Mood.HELP)
    browser = sign_in(guardian)

    page = browser.get("/journals/mine")

    assert "岩旺的实习周志" in page
    assert "怎么登记证件" in page
    assert "想请老师联系" not in page
    browser.post(address(placement, FIRST), expect=404, **FIELDS)


def test_instructor_is_called_reads_and_answers(sign_in, teacher, placement):
    log = WeeklyLogFactory(placement=placement, mood=Mood.HELP, hours=["9", "8", "8", "8", "8", "8", None])
    browser = sign_in(teacher)
    home = browser.get("/")
    assert "岩旺想请老师联系" in home
    assert "看 1 篇实习周志" in home
    page = browser.get("/journals")
    assert "缺 0 周" not in page
    page = browser.get(f"/journals/placements/{placement.id}")
    assert "有一天超过 8 小时" in page
    assert "一周超过 44 小时" in page

    browser.post(f"/journals/logs/{log.id}/read", answer="周末我来看你")

    assert (only(WeeklyLog).status, only(WeeklyLog).answer) == (Review.READ, "周末我来看你")
    assert "岩旺想请老师联系" not in browser.get("/")


def test_log_is_sent_back_with_what_is_missing(sign_in, teacher, user, placement):
    log = WeeklyLogFactory(placement=placement)
    browser = sign_in(teacher)
    browser.get(f"/journals/placements/{placement.id}")
    assert "写下要补什么" in browser.post(f"/journals/logs/{log.id}/return", expect=422, answer="")

    browser.post(f"/journals/logs/{log.id}/return", answer="写写学到了什么")

    assert "老师退回来补写：写写学到了什么" in sign_in(user).get("/journals/mine")


@pytest.mark.parametrize("factory", [InstructorFactory, PrincipalFactory])
def test_who_is_not_in_charge_answers_nothing(sign_in, placement, factory):
    log = WeeklyLogFactory(placement=placement)
    browser = sign_in(factory())
    browser.get("/journals")

    expected = 404 if factory is InstructorFactory else 403
    browser.post(f"/journals/logs/{log.id}/read", expect=expected, answer="好")


def test_office_sees_whose_logs_are_missing(sign_in, placement):
    page = sign_in(InternshipOfficerFactory()).get("/journals")

    assert "岩旺" in page
    assert "缺 1 周" in page


def test_report_is_handed_in_read_and_closed(sign_in, user, teacher, placement):
    browser = sign_in(user)
    url = f"/journals/placements/{placement.id}/report"
    browser.get(url)
    browser.post(url, expect=422, text="太短")
    browser.post(url, text=REPORT)
    report = only(InternshipReport)
    office = sign_in(teacher)
    assert "前厅实习" in office.get(f"/journals/placements/{placement.id}")
    office.post(f"/journals/reports/{report.id}/read", answer="很好")

    assert "老师的话：很好" in browser.get("/journals/mine")
    assert "已经看过报告" in browser.post(url, expect=422, text=REPORT * 2)


def test_report_is_sent_back(sign_in, teacher, placement):
    report = InternshipReportFactory(placement=placement)
    browser = sign_in(teacher)
    browser.get(f"/journals/placements/{placement.id}")

    browser.post(f"/journals/reports/{report.id}/return", answer="写写打算")

    assert only(InternshipReport).status is Review.RETURNED


def test_pages_speak_english(sign_in, user, placement, teacher):
    WeeklyLogFactory(placement=placement)

    assert "Weekly internship log" in sign_in(user).get("/journals/mine?lang=en")
    assert "Weekly internship log" in sign_in(teacher).get(f"/journals/placements/{placement.id}?lang=en")


def test_before_the_first_day_the_page_says_what_will_be_here(sign_in, db):
    assert "实习开始以后" in sign_in(StudentUserFactory()).get("/journals/mine")
    assert "现在没有学生在实习" in sign_in(InstructorFactory()).get("/journals")
