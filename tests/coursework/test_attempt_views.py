"""The pages of later sittings, of recognised courses, and of what was changed, as their users see them."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.coursework.models import Attempt, Mark, Scale, SheetStatus
from tests.factories.accounts import (
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.attachments import PDF
from tests.factories.coursework import AttemptFactory, first_sitting, recognised
from tests.factories.programmes import CourseFactory
from tests.factories.students import StudentFactory


@pytest.fixture
def student(db):
    return StudentFactory(name="岩温罕")


@pytest.fixture
def mark(student):
    """45 on a published sheet."""
    mark = first_sitting(student, "45")
    mark.assessment.sheet.term.starts_on = date(2026, 1, 1)
    database.session.commit()
    return mark


@pytest.fixture
def sheet(mark):
    return mark.assessment.sheet


@pytest.fixture
def teacher(sheet, sign_in):
    return sign_in(sheet.teacher)


def line(student, value, kind="makeup", reason=""):
    return {f"s{student.id}-kind": kind, f"s{student.id}-value": value, f"s{student.id}-reason": reason}


def test_teacher_finds_who_has_to_sit_again_and_records_it(teacher, sheet, student):
    assert f'href="/coursework/sheets/{sheet.id}/attempts"' in teacher.get(f"/coursework/sheets/{sheet.id}")
    teacher.get(f"/coursework/sheets/{sheet.id}/attempts")
    assert "岩温罕" in teacher.page.text
    assert "45 · 不及格" in teacher.page.text
    assert "还有 2 次" in teacher.page.text

    teacher.post(f"/coursework/sheets/{sheet.id}/attempts", taken_on="2026-02-02", **line(student, "72"))

    attempt = database.session.query(Attempt).one()
    assert (attempt.score, attempt.taken_on) == (Decimal(72), date(2026, 2, 2))
    teacher.get(f"/coursework/sheets/{sheet.id}/attempts")
    assert "没有人要补考或缓考" in teacher.page.text
    assert "2026年2月2日 补考 72" in teacher.page.text


def test_wrong_line_comes_back_with_everything_typed(teacher, sheet, student):
    other = StudentFactory(school_class=student.school_class)
    database.session.add(Mark(assessment=database.session.query(Mark).one().assessment, student=other, score=50))
    database.session.commit()
    url = f"/coursework/sheets/{sheet.id}/attempts"
    teacher.get(url)

    page = teacher.post(url, expect=422, taken_on="2026-02-02", **line(student, "72"), **line(other, "720"))

    assert "有 1 行不对，都没有保存" in teacher.page.text
    assert "0 到 100 分" in teacher.page.text
    assert 'value="720"' in page
    assert database.session.query(Attempt).count() == 0


@pytest.mark.parametrize(
    ("taken_on", "value", "sentence"),
    [("2026-02-02", "", "还没有填成绩"), ("2999-01-01", "72", "今天以后"), ("", "72", "考试日期")],
)
def test_form_that_says_nothing_or_names_no_possible_day_comes_back(teacher, sheet, student, taken_on, value, sentence):
    url = f"/coursework/sheets/{sheet.id}/attempts"
    teacher.get(url)

    teacher.post(url, expect=422, taken_on=taken_on, **line(student, value))

    assert sentence in teacher.page.text
    assert database.session.query(Attempt).count() == 0


@pytest.mark.parametrize("factory", [SubjectTeacherFactory, StudentUserFactory])
def test_page_of_attempts_is_not_found_by_strangers(sign_in, sheet, factory):
    sign_in(factory()).get(f"/coursework/sheets/{sheet.id}/attempts", expect=404)


def test_homeroom_teacher_and_principal_read_the_page_without_a_form(sign_in, sheet):
    sheet.school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.commit()

    for person in (sheet.school_class.homeroom_teacher, PrincipalFactory()):
        page = sign_in(person).get(f"/coursework/sheets/{sheet.id}/attempts")
        assert "岩温罕" in page
        assert "登记成绩" not in page


def test_attempt_is_withdrawn_with_a_reason_and_stays_in_sight(teacher, sheet, student):
    attempt = AttemptFactory(student=student, sheet=sheet)
    database.session.commit()
    teacher.get(f"/coursework/attempts/{attempt.id}/withdraw")

    teacher.post(f"/coursework/attempts/{attempt.id}/withdraw", expect=422)
    teacher.post(f"/coursework/attempts/{attempt.id}/withdraw", reason="登记到了别人")

    teacher.get(f"/coursework/sheets/{sheet.id}/attempts")
    assert "登记到了别人" in teacher.page.text
    assert "已撤销" in teacher.page.text


def test_attempt_of_a_foreign_sheet_is_not_found(sign_in, sheet, student):
    attempt = AttemptFactory(student=student, sheet=sheet)

    sign_in(SubjectTeacherFactory()).get(f"/coursework/attempts/{attempt.id}/withdraw", expect=404)


def test_registrar_recognises_a_course_with_its_proof(sign_in, student):
    course = CourseFactory(programme=student.school_class.programme, name="酒店概论")
    registrar, url = sign_in(RegistrarFactory()), f"/coursework/transcripts/{student.id}/recognise"
    assert f'href="{url}"' in registrar.get(f"/coursework/transcripts/{student.id}")
    registrar.get(url)
    fields = {
        "course_id": course.id,
        "school_name": "芒市职业教育中心",
        "taken_on": "2026-06-20",
        "scale": Scale.PASS_FAIL.value,
        "value": "合格",
        "reason": "两地协议",
    }

    registrar.post(url, expect=422, **{**fields, "value": "不合格"})
    assert "没有及格的课程不能认定" in registrar.page.text
    registrar.post(url, **fields, files=(BytesIO(PDF), "成绩单.pdf"))

    registrar.get(url)
    assert "认定 合格（芒市职业教育中心）" in registrar.page.text
    assert "成绩单.pdf" in registrar.page.text
    registrar.get(f"/coursework/transcripts/{student.id}")
    assert "酒店概论" in registrar.page.text
    assert "认定" in registrar.page.text


@pytest.mark.parametrize("factory", [SubjectTeacherFactory, HomeroomTeacherFactory, PrincipalFactory])
def test_nobody_but_the_registrar_recognises(sign_in, student, factory):
    sign_in(factory()).get(f"/coursework/transcripts/{student.id}/recognise", expect=403)


def test_student_sees_every_attempt_of_the_own_and_what_was_recognised(sign_in, sheet, student):
    student.user = StudentUserFactory()
    AttemptFactory(student=student, sheet=sheet, score=Decimal(72), taken_on=date(2026, 2, 2))
    recognised(student, CourseFactory(programme=student.school_class.programme, name="酒店概论"), score=Decimal(91))
    database.session.commit()
    browser = sign_in(student.user)

    browser.get(f"/coursework/transcripts/{student.id}")

    assert "60 · 补考" in browser.page.text
    assert "首考 45；2026年2月2日 补考 72" in browser.page.text
    assert "91 · 优秀" in browser.page.text


def test_subject_teacher_does_not_see_what_was_recognised_elsewhere(sign_in, sheet, student):
    recognised(student, CourseFactory(programme=student.school_class.programme, name="酒店概论"))
    database.session.commit()
    browser = sign_in(sheet.teacher)

    browser.get(f"/coursework/transcripts/{student.id}")

    assert sheet.course.name in browser.page.text
    assert "酒店概论" not in browser.page.text


# After the hand-in


def test_sheet_that_was_handed_in_is_corrected_with_a_reason(sign_in, mark, sheet, student):
    sheet.status, sheet.handed_in_at = SheetStatus.DRAFT, now()
    database.session.commit()
    browser, field = sign_in(sheet.teacher), f"m.{student.id}.{mark.assessment_id}.1"
    page = browser.get(f"/coursework/sheets/{sheet.id}")
    assert "先写理由" in browser.page.text
    assert "data-grid" not in page

    browser.post(f"/coursework/sheets/{sheet.id}/marks", expect=200, **{field: "54"})
    assert "要写理由" in browser.page.text
    browser.post(f"/coursework/sheets/{sheet.id}/marks", reason="漏加一题", **{field: "54"})

    browser.get(f"/coursework/sheets/{sheet.id}/history")
    assert "45 → 54" in browser.page.text
    assert "漏加一题" in browser.page.text
    browser.get(f"/coursework/sheets/{sheet.id}/students/{student.id}")
    assert "漏加一题" in browser.page.text


def test_history_of_a_sheet_tells_its_steps_and_is_empty_without_changes(sign_in, sheet):
    sheet.status = SheetStatus.LOCKED
    database.session.commit()
    browser = sign_in(PrincipalFactory())
    browser.get(f"/coursework/sheets/{sheet.id}/reopen")
    browser.post(f"/coursework/sheets/{sheet.id}/reopen", reason="复查试卷")

    browser.get(f"/coursework/sheets/{sheet.id}/history")

    assert "没有成绩改过" in browser.page.text
    assert "复查试卷" in browser.page.text


@pytest.mark.parametrize(
    ("status", "factory", "expect"),
    [
        (SheetStatus.SUBMITTED, RegistrarFactory, 200),
        (SheetStatus.CONFIRMED, RegistrarFactory, 200),
        (SheetStatus.PUBLISHED, RegistrarFactory, 403),
        (SheetStatus.LOCKED, RegistrarFactory, 403),
        (SheetStatus.LOCKED, PrincipalFactory, 200),
    ],
)
def test_who_may_send_back_and_who_may_open_again(sign_in, sheet, status, factory, expect):
    sheet.status = status
    database.session.commit()

    sign_in(factory()).get(f"/coursework/sheets/{sheet.id}/reopen", expect=expect)


def test_teacher_who_is_registrar_too_is_told_that_somebody_else_confirms(sign_in, sheet):
    sheet.status, sheet.teacher = SheetStatus.SUBMITTED, RegistrarFactory()
    database.session.commit()
    browser = sign_in(sheet.teacher)

    page = browser.get(f"/coursework/sheets/{sheet.id}")
    assert "等另一位老师确认" in page
    assert "transitions/confirm" not in page
    browser.post(f"/coursework/sheets/{sheet.id}/transitions/confirm", expect=403)


def test_sheet_in_levels_shows_its_conversion(sign_in, sheet, mark, student):
    sheet.scale, mark.score = Scale.LEVELS, Decimal(85)
    database.session.commit()
    browser = sign_in(sheet.teacher)

    page = browser.get(f"/coursework/sheets/{sheet.id}")

    assert 'value="良好"' in page
    assert "良好 · 85" in browser.page.text
    assert "90 分起优秀" in browser.page.text
    assert "良好 85 分" in browser.page.text
    assert "满分 100" not in browser.page.text


def test_transcript_says_make_up_also_on_a_locked_sheet(sign_in, sheet, student):
    AttemptFactory(student=student, sheet=sheet)
    sheet.status = SheetStatus.LOCKED
    database.session.commit()

    page = sign_in(RegistrarFactory()).get(f"/coursework/transcripts/{student.id}")

    assert re.search(r'data-label="备注"[^>]*><span>补考', page)
    assert "已锁定" not in page


def test_page_of_the_result_says_what_counts_after_all_sittings(teacher, sheet, student):
    AttemptFactory(student=student, sheet=sheet)
    database.session.commit()

    teacher.get(f"/coursework/sheets/{sheet.id}/students/{student.id}")

    assert "45 · 不及格" in teacher.page.text
    assert "这门课计 60 · 及格" in teacher.page.text
