"""Recording later sittings, recognising courses, withdrawing: what is kept, what is refused, what it leads to."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from exchange.audit.queries import timeline
from exchange.core.errors import NotPossible
from exchange.coursework import policy, queries, service
from exchange.coursework.models import Attempt, AttemptKind, CreditSource, Scale, SheetStatus, Special
from exchange.coursework.promotion import failed_courses_stand_against
from exchange.coursework.service import Line
from tests.factories.accounts import RegistrarFactory, SubjectTeacherFactory
from tests.factories.attachments import PDF
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkFactory, first_sitting, recognised
from tests.factories.programmes import CourseFactory, TermFactory
from tests.factories.students import StudentFactory

K = AttemptKind
DAY = date(2027, 3, 3)


@pytest.fixture(autouse=True)
def afterwards():
    """The make-up exams of the spring are over."""
    with time_machine.travel("2027-03-10", tick=False):
        yield


@pytest.fixture
def student(db):
    return StudentFactory()


@pytest.fixture
def sheet(student):
    """Published; the student has failed with 45."""
    return first_sitting(student, "45").assessment.sheet


def sit(sheet, student, kind, value, *, taken_on=DAY, reason=""):
    by = sheet.teacher
    return service.record_attempts(sheet, [Line(student.id, kind, value, reason)], taken_on=taken_on, by=by)[0]


def end_of(student):
    (end,) = queries.outcomes_of([student.id])[student.id]
    return end


def test_make_up_is_kept_beside_the_first_mark_and_earns_the_credits(student, sheet):
    attempt = sit(sheet, student, K.MAKEUP, "88", reason="第一次补考")

    end = end_of(student)
    assert (attempt.score, attempt.reason, attempt.recorded_by) == (Decimal(88), "第一次补考", sheet.teacher)
    assert (end.outcome.first.score, end.outcome.result.score) == (Decimal(45), Decimal(60))
    assert (end.passed, end.earned, end.attempts) == (True, sheet.course.credits, (attempt,))
    (line,) = timeline(attempt)
    assert (line.action, line.reason, line.actor) == ("attempt.recorded", "第一次补考", sheet.teacher)
    assert line.changes == {"kind": "makeup", "taken_on": "2027-03-03", "mark": "88"}


def test_absent_from_the_make_up_uses_one_up(student, sheet):
    attempt = sit(sheet, student, K.MAKEUP, "缺")

    assert attempt.score is None
    assert (end_of(student).outcome.next, end_of(student).outcome.makeups_left) == (K.MAKEUP, 1)


def test_third_make_up_is_refused_and_a_retake_is_not(student, sheet):
    sit(sheet, student, K.MAKEUP, "50")
    sit(sheet, student, K.MAKEUP, "55")

    with pytest.raises(service.LinesRefused) as refused:
        sit(sheet, student, K.MAKEUP, "70")
    sit(sheet, student, K.RETAKE, "77")

    assert "补考次数已经用完" in refused.value.problems[student.id]
    assert end_of(student).outcome.result.score == 77


@pytest.mark.parametrize(
    ("kind", "value", "sentence"),
    [
        (K.MAKEUP, "", "没有来考的填 缺"),
        (K.MAKEUP, "免", "没有来考的填 缺"),
        (K.MAKEUP, "缓", "没有来考的填 缺"),
        (K.MAKEUP, "abc", "不是成绩"),
        (K.MAKEUP, "101", "0 到 100 分"),
        (K.DEFERRED, "80", "其他人登记补考或重修"),
        (K.RECOGNISED, "80", "在学生的成绩页认定"),
    ],
)
def test_line_that_makes_no_sense_is_refused_with_a_sentence(student, sheet, kind, value, sentence):
    with pytest.raises(service.LinesRefused) as refused:
        sit(sheet, student, kind, value)

    assert sentence in refused.value.problems[student.id]
    assert end_of(student).attempts == ()


def test_one_wrong_line_keeps_all_from_being_written(db, student, sheet):
    other = StudentFactory(school_class=student.school_class)

    lines = [Line(each.id, K.MAKEUP, "70") for each in (student, other)]

    with pytest.raises(service.LinesRefused) as refused:
        service.record_attempts(sheet, lines, taken_on=DAY, by=sheet.teacher)

    assert set(refused.value.problems) == {other.id}
    assert db.session.query(Attempt).count() == 0


def test_who_has_passed_sits_no_more(student):
    sheet = first_sitting(student, "60").assessment.sheet

    with pytest.raises(service.LinesRefused) as refused:
        sit(sheet, student, K.MAKEUP, "90")

    assert "不用再考" in refused.value.problems[student.id]


@pytest.mark.parametrize(
    ("taken_on", "accepted"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2027, 3, 10), True),
        (date(2027, 3, 11), False),
    ],
)
def test_day_lies_between_the_beginning_of_the_term_and_today(student, sheet, taken_on, accepted):
    sheet.term.starts_on = date(2026, 9, 1)

    if accepted:
        assert sit(sheet, student, K.MAKEUP, "70", taken_on=taken_on).taken_on == taken_on
    else:
        with pytest.raises(service.AttemptProblem, match="考试日期"):
            sit(sheet, student, K.MAKEUP, "70", taken_on=taken_on)


@pytest.mark.parametrize("status", sorted(set(SheetStatus)))
def test_later_sittings_wait_for_publication(student, sheet, status):
    sheet.status = status

    if status in {SheetStatus.PUBLISHED, SheetStatus.LOCKED}:
        assert sit(sheet, student, K.MAKEUP, "70").id
    else:
        with pytest.raises(service.AttemptProblem, match="公布以后"):
            sit(sheet, student, K.MAKEUP, "70")


def test_deferred_sitting_counts_like_the_first_and_is_named(student):
    sheet = first_sitting(student, special=Special.DEFERRED).assessment.sheet

    with pytest.raises(service.LinesRefused):
        sit(sheet, student, K.MAKEUP, "90")
    sit(sheet, student, K.DEFERRED, "90")

    (line,) = queries.transcript(student).lines
    assert (line.shown, line.remark, line.earned) == ("90", "缓考", sheet.course.credits)
    assert line.sittings == ["首考 90", "2027年3月3日 缓考 90"]


def test_sitting_is_read_on_the_scale_of_the_sheet(student, sheet):
    sheet.scale = Scale.PASS_FAIL

    with pytest.raises(service.LinesRefused):
        sit(sheet, student, K.MAKEUP, "70")
    attempt = sit(sheet, student, K.MAKEUP, "合格")

    assert queries.tell(attempt) == "2027年3月3日 补考 合格"
    assert queries.transcript(student).lines[0].shown == "合格"


# Withdrawing


def test_wrong_attempt_is_withdrawn_with_a_reason_and_stays(db, student, sheet):
    attempt = sit(sheet, student, K.MAKEUP, "88")

    with pytest.raises(service.AttemptProblem, match="理由"):
        service.withdraw_attempt(attempt, by=sheet.teacher, reason=" ")
    service.withdraw_attempt(attempt, by=sheet.teacher, reason="登记到了别人")
    with pytest.raises(NotPossible):
        service.withdraw_attempt(attempt, by=sheet.teacher, reason="再来一次")

    assert not end_of(student).passed
    assert queries.attempts_on(sheet) == [attempt]
    assert (attempt.score, attempt.withdrawn_reason) == (Decimal(88), "登记到了别人")
    assert timeline(attempt)[0].reason == "登记到了别人"


def test_withdrawn_make_up_does_not_use_one_up(student, sheet):
    service.withdraw_attempt(sit(sheet, student, K.MAKEUP, "缺"), by=sheet.teacher, reason="记错人")

    assert end_of(student).outcome.makeups_left == 2


def test_attempts_of_a_sheet_that_was_opened_again_wait_with_it(student, sheet):
    sit(sheet, student, K.MAKEUP, "88")
    sheet.status = SheetStatus.DRAFT

    assert queries.outcomes_of([student.id]) == {student.id: []}


# Recognising


def recognise(student, course, **changes):
    values = {
        "school_name": "芒市职业教育中心",
        "taken_on": date(2026, 6, 20),
        "scale": Scale.HUNDRED,
        "value": "86",
        "reason": "两地协议第 5 条",
        "by": RegistrarFactory(),
    }
    return service.recognise(student, course, **{**values, **changes})


@pytest.fixture
def course(student):
    return CourseFactory(programme=student.school_class.programme, name="酒店概论", credits=3)


def test_recognised_course_earns_its_credits_and_names_the_school(student, course):
    attempt = recognise(student, course, files=[("成绩单.pdf", PDF)])

    end, (term,) = end_of(student), queries.transcript(student).terms
    assert (end.sheet, end.passed, end.earned) == (None, True, Decimal(3))
    assert attempt.credit_source is CreditSource.PARTNER_SCHOOL
    assert (term.school_year, term.number, term.earned) == (2025, 2, Decimal(3))
    assert [(line.shown, line.remark) for line in term.lines] == [("86", "认定")]
    assert term.lines[0].sittings == ["2026年6月20日 认定 86（芒市职业教育中心）"]
    assert [event.action for event in timeline(attempt)][-1] == "attempt.recognised"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": " "}, "理由"),
        ({"school_name": ""}, "合作学校"),
        ({"value": "59.9"}, "没有及格"),
        ({"value": "缺"}, "没有及格"),
        ({"value": "不合格", "scale": Scale.PASS_FAIL}, "没有及格"),
        ({"taken_on": date(2027, 3, 11)}, "今天以后"),
    ],
)
def test_recognition_that_makes_no_sense_is_refused(db, student, course, changes, sentence):
    with pytest.raises(service.AttemptProblem, match=sentence):
        recognise(student, course, **changes)

    assert db.session.query(Attempt).count() == 0


def test_course_of_another_programme_is_not_recognised(student):
    with pytest.raises(service.AttemptProblem, match="不是这名学生的专业课程"):
        recognise(student, CourseFactory(programme__major="710205"))


def test_course_that_is_passed_is_not_recognised_again(student, course):
    recognise(student, course, value="60")

    with pytest.raises(service.AttemptProblem, match="已经及格"):
        recognise(student, course)


# Outcomes of many, and moving up


def test_outcomes_take_as_many_statements_for_three_students_as_for_one(count_queries, db, student, sheet):
    students = [student, *(StudentFactory(school_class=student.school_class) for _each in range(2))]
    for each in students[1:]:
        mark = first_sitting(each, "40")
        AttemptFactory(student=each, sheet=mark.assessment.sheet)
        recognised(each, CourseFactory(programme=each.school_class.programme))
    db.session.flush()

    ids = [each.id for each in students]
    db.session.commit()

    taken = []
    for group in (ids[:1], ids):
        db.session.remove()
        db.session.scalar(select(1))  # begins the transaction
        with count_queries() as statements:
            ends = queries.outcomes_of(group)
        taken.append(statements.count)
        assert all(ends.values())

    assert taken == [3, 3]


def test_part_without_any_mark_keeps_the_course_open(student, sheet):
    AssessmentFactory(sheet=sheet, name="补充")

    assert end_of(student).outcome.result.score is None


def test_course_on_a_later_sheet_was_retaken_there(student, sheet):
    spring = TermFactory(number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))
    first_sitting(student, "72", course=sheet.course, term=spring)

    end = end_of(student)
    assert (end.sheet, end.outcome.result.score, end.outcome.deciding.kind) == (sheet, Decimal(72), K.RETAKE)
    assert end.earned == sheet.course.credits


def test_failed_course_stands_against_moving_up_until_it_is_made_up(student, sheet):
    sheet.term.school_year = 2026
    before = failed_courses_stand_against([student], date(2027, 7, 1))
    sit(sheet, student, K.MAKEUP, "60")

    assert sheet.course.name in str(before[student.id].message)
    assert failed_courses_stand_against([student], date(2027, 7, 1)) == {}


def test_due_lists_who_failed_or_was_deferred_and_nobody_else(student, sheet):
    deferred, fine = (StudentFactory(school_class=student.school_class) for _each in range(2))
    (column,) = queries.assessments_of(sheet)
    MarkFactory(assessment=column, student=deferred, score=None, special=Special.DEFERRED)
    MarkFactory(assessment=column, student=fine, score=Decimal(60))

    due = queries.due_on(sheet)

    assert [(each.student.id, each.choices) for each in due] == [
        (student.id, [K.MAKEUP, K.RETAKE]),
        (deferred.id, [K.DEFERRED]),
    ]
    assert [each.shown for each in due] == ["45 · 不及格", "缓"]


def test_stranger_has_no_part_in_it(db, student, sheet):
    attempt = sit(sheet, student, K.MAKEUP, "70")
    seen = policy.attempts_visible_to

    assert list(db.session.scalars(seen(sheet.teacher))) == [attempt]
    assert list(db.session.scalars(seen(SubjectTeacherFactory()))) == []
    assert policy.may_withdraw(sheet.teacher, attempt)
    assert not policy.may_withdraw(SubjectTeacherFactory(), attempt)
