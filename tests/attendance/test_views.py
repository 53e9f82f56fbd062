"""The pages of attendance, as teachers and families open them."""

from datetime import date

import pytest
import time_machine

from exchange.attendance.models import AttendanceMark, LeaveRequest, LeaveStatus, Roll, RollEntry, RollTime
from exchange.core.database import db as database
from exchange.welfare.models import ContactNote
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.attendance import LeaveRequestFactory, RollEntryFactory, RollFactory
from tests.factories.coursework import MarkSheetFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


@pytest.fixture
def teacher():
    return HomeroomTeacherFactory(name="尹老师")


@pytest.fixture
def student(teacher):
    return StudentFactory(name="岩旺", school_class=SchoolClassFactory(homeroom_teacher=teacher))


def roll_url(student, **query):
    asked = "&".join(f"{name}={value}" for name, value in query.items())
    return f"/attendance/classes/{student.school_class_id}/roll?{asked}"


def only(model):
    return database.session.query(model).one()


def test_teacher_of_one_class_stands_at_the_lesson_of_the_clock(sign_in, teacher, student):
    browser = sign_in(teacher)
    browser.get("/attendance", expect=302)

    page = browser.get(browser.response.location)

    assert "第 3 节" in page
    assert "还没有点名" in page


def test_roll_is_saved_with_one_field_for_each_exception(sign_in, teacher, student):
    StudentFactory(school_class=student.school_class)
    browser = sign_in(teacher)
    browser.get(roll_url(student, time="2"))

    browser.post(roll_url(student, time="2"), version="0", **{f"m.{student.id}": "absent"})

    entry = only(RollEntry)
    assert (entry.student, entry.mark, entry.roll.time, entry.roll.day) == (
        student,
        AttendanceMark.ABSENT,
        RollTime.SECOND,
        TODAY,
    )
    assert "记好了" in browser.get(roll_url(student, time="2"))
    assert entry.roll.taken_by == teacher


def test_second_teacher_sees_what_the_first_has_noted_and_saves_on_purpose(sign_in, teacher, student):
    first = sign_in(teacher)
    first.get(roll_url(student, time="1"))
    first.post(roll_url(student, time="1"), version="0", **{f"m.{student.id}": "absent"})
    second = sign_in(RegistrarFactory())
    second.get(roll_url(student, time="1"))

    page = second.post(roll_url(student, time="1"), expect=409, version="0", **{f"m.{student.id}": "late"})

    assert "尹老师 10:00 记过这一次点名" in page
    assert "别人记的：缺课" in page
    assert 'name="version" value="1"' in page
    assert only(RollEntry).mark is AttendanceMark.ABSENT
    second.post(roll_url(student, time="1"), version="1", **{f"m.{student.id}": "late"})
    assert only(RollEntry).mark is AttendanceMark.LATE


def test_history_of_a_roll_stands_on_its_page(sign_in, teacher, student):
    browser = sign_in(teacher)
    browser.get(roll_url(student))
    browser.post(roll_url(student), version="0")
    browser.post(roll_url(student), version="1", **{f"m.{student.id}": "absent"})

    page = browser.get(roll_url(student))

    assert "改点名" in page
    assert "absent" in page


def test_who_is_on_leave_has_no_buttons(sign_in, teacher, student):
    LeaveRequestFactory(student=student, starts_on=TODAY)

    page = sign_in(teacher).get(roll_url(student))

    assert "病假" in page
    assert f'name="m.{student.id}"' not in page


@pytest.mark.parametrize("query", [{"day": "2999-01-01"}, {"day": "x"}, {"time": "77"}])
def test_address_that_means_nothing_shows_today(sign_in, teacher, student, query):
    assert "2026年11月25日" in sign_in(teacher).get(roll_url(student, **query))


@pytest.mark.parametrize("version", ["", "x", None])
def test_roll_without_a_version_is_not_saved(sign_in, teacher, student, version):
    browser = sign_in(teacher)
    browser.get(roll_url(student))

    browser.post(roll_url(student), expect=422, **({} if version is None else {"version": version}))

    assert database.session.query(Roll).count() == 0


def test_roll_is_kept_by_whoever_teaches_the_class_this_term(sign_in, student):
    mine, other = SubjectTeacherFactory(), SubjectTeacherFactory()
    past = TermFactory(school_year=2025, number=2, starts_on=date(2026, 3, 2), ends_on=date(2026, 7, 10))
    MarkSheetFactory(school_class=student.school_class, teacher=mine, term=TermFactory())
    MarkSheetFactory(school_class=student.school_class, teacher=other, term=past)

    sign_in(mine).get(roll_url(student))
    sign_in(other).get(roll_url(student), expect=404)


def test_homeroom_teacher_of_another_class_finds_no_roll(sign_in, student):
    sign_in(HomeroomTeacherFactory()).get(roll_url(student), expect=404)
    sign_in(PrincipalFactory()).get(roll_url(student), expect=403)


def test_page_of_the_day_calls_guardian_and_student(sign_in, teacher, student):
    student.phone = "13900000001"
    GuardianshipFactory(student=student, relation="外祖母", guardian=GuardianFactory(phone="13800000001"))

    page = sign_in(teacher).get("/attendance/today")

    assert 'href="tel:13800000001"' in page
    assert 'href="tel:13900000001"' in page


def test_principal_sees_who_is_where_but_no_numbers(sign_in, teacher, student):
    student.phone = "13900000001"
    database.session.commit()

    page = sign_in(PrincipalFactory()).get("/attendance/today")

    assert "岩旺" in page
    assert "tel:" not in page


def test_talk_is_noted_with_two_taps(sign_in, teacher, student):
    GuardianshipFactory(student=student, guardian__name="岩保")
    browser = sign_in(teacher)
    browser.get("/attendance/today")

    browser.post(f"/attendance/students/{student.id}/talks", kind="call")

    note = only(ContactNote)
    assert (note.held_on, note.with_whom, note.noted_by) == (TODAY, "岩保", teacher)
    assert browser.response.location.endswith(f"class={student.school_class_id}#student-{student.id}")


@pytest.mark.parametrize("kind", ["", "visit", "nonsense"])
def test_two_taps_note_a_call_or_a_talk_and_nothing_else(sign_in, teacher, student, kind):
    browser = sign_in(teacher)
    browser.get("/attendance/today")

    browser.post(f"/attendance/students/{student.id}/talks", kind=kind)

    assert database.session.query(ContactNote).count() == 0
    assert "没有记下" in browser.get("/attendance/today")


def test_talk_with_a_student_of_another_class_is_not_noted(sign_in, student):
    browser = sign_in(HomeroomTeacherFactory())

    browser.post(f"/attendance/students/{student.id}/talks", expect=404, kind="talk")

    assert database.session.query(ContactNote).count() == 0


@pytest.fixture
def family(student):
    student.user = StudentUserFactory()
    guardian = GuardianshipFactory(student=student, guardian__user=GuardianUserFactory(name="岩保")).guardian
    database.session.commit()
    return student.user, guardian.user


FIELDS = {"kind": "personal", "starts_on": "2026-11-27", "ends_on": "2026-11-28", "reason": "姐姐结婚"}


def test_leave_from_the_students_phone_to_the_prefilled_roll(sign_in, teacher, student, family):
    own, guardian = (sign_in(user) for user in family)
    own.get(f"/attendance/students/{student.id}/leave/new")
    own.post(f"/attendance/students/{student.id}/leave/new", first_place="0", last_place="9", **FIELDS)
    assert "等监护人同意" in own.get("/attendance/mine")
    leave = only(LeaveRequest)

    assert "孩子要请假" in guardian.get("/")
    guardian.get("/attendance/mine")
    guardian.post(f"/attendance/mine/leave/{leave.id}/agree")
    desk = sign_in(teacher)
    assert "1 件请假等你批" in desk.get("/")
    assert "岩保 同意" in desk.get(f"/attendance/leave/{leave.id}")
    desk.post(f"/attendance/leave/{leave.id}/approve")

    assert "已批准" in own.get("/attendance/mine")
    with time_machine.travel("2026-11-28 10:00:00+08:00", tick=False):
        assert "事假" in desk.get(roll_url(student))


def test_family_of_another_student_asks_and_agrees_to_nothing(sign_in, student, family):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY, status=LeaveStatus.AWAITING_GUARDIAN)
    stranger = sign_in(GuardianshipFactory(guardian__user=GuardianUserFactory()).guardian.user)

    stranger.get(f"/attendance/students/{student.id}/leave/new", expect=404)
    for step in ("agree", "decline", "withdraw"):
        stranger.post(f"/attendance/mine/leave/{leave.id}/{step}", expect=404)

    assert only(LeaveRequest).status is LeaveStatus.AWAITING_GUARDIAN


def test_student_cannot_say_yes_for_the_guardian(sign_in, student, family):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY, status=LeaveStatus.AWAITING_GUARDIAN)
    browser = sign_in(family[0])
    browser.get("/attendance/mine")

    browser.post(f"/attendance/mine/leave/{leave.id}/agree")

    assert only(LeaveRequest).status is LeaveStatus.AWAITING_GUARDIAN
    assert "只有现在的法定监护人能同意" in browser.get("/attendance/mine")


def test_only_who_asked_takes_back(sign_in, student, family):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY, status=LeaveStatus.PENDING, asked_by=family[0])
    guardian, own = sign_in(family[1]), sign_in(family[0])
    guardian.post(f"/attendance/mine/leave/{leave.id}/withdraw", expect=404)
    own.post(f"/attendance/mine/leave/{leave.id}/withdraw")

    assert only(LeaveRequest).status is LeaveStatus.WITHDRAWN


def test_bad_days_come_back_with_a_sentence_and_what_was_typed(sign_in, student, family):
    browser = sign_in(family[1])
    url = f"/attendance/students/{student.id}/leave/new"
    browser.get(url)

    page = browser.post(url, expect=422, **FIELDS | {"ends_on": "2026-11-26"})

    assert "请假的结束不能早于开始" in page
    assert "姐姐结婚" in page
    assert database.session.query(LeaveRequest).count() == 0


def test_call_and_refusal_need_their_words(sign_in, teacher, student):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY, status=LeaveStatus.AWAITING_GUARDIAN)
    browser = sign_in(teacher)
    browser.get(f"/attendance/leave/{leave.id}")

    browser.post(f"/attendance/leave/{leave.id}/call", expect=422, spoken_to=" ")
    browser.post(f"/attendance/leave/{leave.id}/refuse", expect=422, reason="")
    assert only(LeaveRequest).status is LeaveStatus.AWAITING_GUARDIAN

    browser.post(f"/attendance/leave/{leave.id}/call", spoken_to="母亲")
    browser.post(f"/attendance/leave/{leave.id}/refuse", reason="那天考试")
    leave = only(LeaveRequest)
    assert (leave.status, leave.refusal) == (LeaveStatus.REFUSED, "那天考试")
    assert "母亲" in browser.get(f"/attendance/leave/{leave.id}")


def test_step_that_somebody_else_has_taken_is_answered_with_a_sentence(sign_in, teacher, student):
    leave = LeaveRequestFactory(student=student, starts_on=TODAY, status=LeaveStatus.WITHDRAWN)
    browser = sign_in(teacher)
    browser.get(f"/attendance/leave/{leave.id}")

    browser.post(f"/attendance/leave/{leave.id}/approve")

    assert "状态已经变了" in browser.get(f"/attendance/leave/{leave.id}")
    assert only(LeaveRequest).status is LeaveStatus.WITHDRAWN


def test_summary_in_plain_words(sign_in, student, family):
    for time, mark in (("1", "absent"), ("2", "absent"), ("3", "late")):
        roll = RollFactory(school_class=student.school_class, day=TODAY, time=RollTime(time))
        RollEntryFactory(student=student, roll=roll, mark=AttendanceMark(mark))
    LeaveRequestFactory(student=student, starts_on=TODAY, first_place=2, last_place=2)

    page = sign_in(family[1]).get("/attendance/mine")

    assert "1 课时" in page
    assert "1 次" in page
    assert "请了病假，不算旷课" in page
    assert "没有早退" in page


def test_family_without_a_student_is_told_whom_to_ask(sign_in, db):
    assert "有疑问请找班主任" in sign_in(GuardianUserFactory()).get("/attendance/mine")


def test_reason_of_leave_is_not_told_to_the_principal(sign_in, student):
    LeaveRequestFactory(student=student, starts_on=TODAY, reason="外婆病重")
    browser = sign_in(PrincipalFactory())

    assert "外婆病重" not in browser.get(f"/students/{student.id}/attendance")
    browser.get(f"/attendance/leave/{only(LeaveRequest).id}", expect=403)


def test_pages_without_records_say_what_to_do(sign_in, db):
    assert "没有你带的班" in sign_in(HomeroomTeacherFactory()).get("/attendance/today")
    assert "没有你带或你教的班" in sign_in(SubjectTeacherFactory()).get("/attendance")
    assert "没有等处理的请假" in sign_in(HomeroomTeacherFactory()).get("/attendance/leave")
