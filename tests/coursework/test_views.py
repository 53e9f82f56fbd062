"""The pages of coursework as their users see them."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from exchange.core.database import db as database
from exchange.coursework.models import Mark, MarkSheet, SheetStatus
from tests.factories.accounts import (
    AidOfficerFactory,
    GuardianUserFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory
from tests.factories.programmes import CourseFactory, ProgrammeFactory, SchoolClassFactory, TermFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory, StudentFactory


@pytest.fixture
def column(db):
    return AssessmentFactory(name="期末", sheet__course__name="礼仪")


@pytest.fixture
def sheet(column):
    return column.sheet


@pytest.fixture
def student(sheet):
    return StudentFactory(school_class=sheet.school_class, name="岩温罕", pinyin="yan wen han")


@pytest.fixture
def teacher(sheet, sign_in):
    return sign_in(sheet.teacher)


@contextmanager
def counted():
    """The statements sent meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, *_others):
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield statements
    event.remove(database.engine, "before_cursor_execute", note)


# The list


def test_index_leads_to_the_sheet_that_waits(teacher, sheet, student):
    page = teacher.get("/coursework")

    assert f'href="/coursework/sheets/{sheet.id}"' in page
    assert sheet.school_class.name in teacher.page.text


def test_index_without_sheets_says_what_it_is_for(sign_in):
    assert "还没有成绩单" in sign_in(SubjectTeacherFactory()).get("/coursework")


def test_index_puts_what_waits_first(sign_in, db):
    teacher = SubjectTeacherFactory()
    done = MarkSheetFactory(teacher=teacher, course__name="已完成的课", status=SheetStatus.PUBLISHED)
    MarkSheetFactory(teacher=teacher, course__name="要录的课", term=done.term)
    MarkSheetFactory(course__name="别人的课")

    page = sign_in(teacher).get("/coursework")

    assert page.index("要录的课") < page.index("已完成的课")
    assert "别人的课" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_index_takes_the_same_statements_for_any_number_of_sheets(sign_in, db, count):
    registrar = RegistrarFactory()
    for _each in range(count):
        StudentFactory(school_class=AssessmentFactory().sheet.school_class)
    browser = sign_in(registrar)

    with counted() as statements:
        browser.get("/coursework")

    assert len([each for each in statements if each.startswith("SELECT")]) == 5


# The grid


def test_sheet_shows_students_assessments_and_marks(teacher, sheet, column, student):
    MarkFactory(assessment=column, student=student, score=Decimal("86.5"), version=3)

    page = teacher.get(f"/coursework/sheets/{sheet.id}")

    assert f'data-student="{student.id}" data-assessment="{column.id}" data-version="3" value="86.5"' in page
    assert 'aria-label="岩温罕 · 期末"' in page
    assert "yan wen han" in page
    assert "占 100%，满分 100" in teacher.page.text
    assert "缺考按 0 分计算" in teacher.page.text


@pytest.mark.parametrize("count", [3, 30])
def test_sheet_takes_the_same_statements_for_any_number_of_students(teacher, sheet, column, count):
    for _each in range(count):
        MarkFactory(assessment=column, student=StudentFactory(school_class=sheet.school_class))
    url = f"/coursework/sheets/{sheet.id}"

    with counted() as statements:
        teacher.get(url)

    assert len([each for each in statements if each.startswith("SELECT")]) == 5


def test_sheet_of_45_students_and_4_assessments_stays_small(sign_in, sheet, column):
    for _each in range(3):
        AssessmentFactory(sheet=sheet)
    for _each in range(45):
        StudentFactory(school_class=sheet.school_class)

    page = sign_in(sheet.teacher).get(f"/coursework/sheets/{sheet.id}")

    assert len(page.encode()) < 80_000


@pytest.mark.parametrize("factory", [SubjectTeacherFactory, HomeroomTeacherFactory, StudentUserFactory])
def test_sheet_is_not_found_by_who_has_nothing_to_do_with_it(sign_in, sheet, factory):
    sign_in(factory()).get(f"/coursework/sheets/{sheet.id}", expect=404)


def test_sheet_is_closed_to_who_does_not_see_coursework(sign_in, sheet):
    sign_in(AidOfficerFactory()).get(f"/coursework/sheets/{sheet.id}", expect=403)


def test_sheet_is_read_only_for_the_principal(sign_in, sheet, student):
    page = sign_in(PrincipalFactory()).get(f"/coursework/sheets/{sheet.id}")

    assert "readonly" in page
    assert "提交成绩" not in page


def test_sheet_asks_before_submitting_only_where_nothing_is_missing(teacher, sheet, student):
    page = teacher.get(f"/coursework/sheets/{sheet.id}")

    assert 'data-confirm-unless="[data-sheet-missing]"' in page
    assert "<span data-sheet-missing>1</span>" in page


def test_sheet_without_students_says_what_is_missing(teacher, sheet):
    assert "这个班还没有学生" in teacher.get(f"/coursework/sheets/{sheet.id}")


# Saving


def document(student, column, value, version=0, **others):
    cell = {"student": student.id, "assessment": column.id, "value": value, "version": version}
    return {"cells": [cell], **others}


def test_save_marks_answers_with_cell_result_average_and_missing(teacher, sheet, column, student):
    url = f"/coursework/sheets/{sheet.id}/marks"

    answer = teacher.send("PUT", url, document(student, column, "88", user=sheet.teacher_id))

    cell = answer["cells"][0]
    assert (cell["status"], cell["value"], cell["version"], cell["by"]) == ("saved", "88", 1, sheet.teacher.name)
    assert (answer["results"], answer["average"], answer["missing"]) == ({str(student.id): "88 · 良好"}, "88.0", 0)
    assert database.session.query(Mark).one().score == Decimal(88)


def test_save_marks_tells_who_wrote_the_other_value(teacher, sheet, column, student):
    MarkFactory(
        assessment=column, student=student, score=Decimal(90), version=2, updated_by=RegistrarFactory(name="周")
    )

    answer = teacher.send("PUT", f"/coursework/sheets/{sheet.id}/marks", document(student, column, "70", version=1))

    cell = answer["cells"][0]
    assert (cell["status"], cell["value"], cell["version"], cell["by"]) == ("conflict", "90", 2, "周")
    assert cell["at"]
    assert database.session.query(Mark).one().score == Decimal(90)


def test_save_marks_refuses_a_submitted_sheet_with_a_sentence(teacher, sheet, column, student):
    sheet.status = SheetStatus.SUBMITTED
    database.session.commit()

    answer = teacher.send("PUT", f"/coursework/sheets/{sheet.id}/marks", document(student, column, "70"), expect=409)

    assert "已提交，不能再改" in answer["message"]


@pytest.mark.parametrize("nonsense", [[], {"cells": [{"student": "x"}]}])
def test_save_marks_refuses_nonsense_with_a_sentence(teacher, sheet, nonsense):
    answer = teacher.send("PUT", f"/coursework/sheets/{sheet.id}/marks", nonsense, expect=400)

    assert answer["message"]


def test_save_marks_refuses_brackets_without_end_with_a_sentence(teacher, sheet):
    teacher.get(f"/coursework/sheets/{sheet.id}")
    headers = {"X-CSRFToken": teacher.page.csrf_token, "Content-Type": "application/json"}

    answer = teacher.client.put(f"/coursework/sheets/{sheet.id}/marks", data=b"[" * 200_000, headers=headers)

    assert answer.status_code == 400
    assert "cells" in answer.json["message"]


def test_form_without_script_passes_over_a_field_with_endless_digits(teacher, sheet):
    url = f"/coursework/sheets/{sheet.id}"
    teacher.get(url)

    teacher.post(f"{url}/marks", **{f"m.{'9' * 5000}.1.0": "88"})

    assert database.session.query(Mark).count() == 0


def test_save_marks_asks_to_sign_in_when_another_user_typed(teacher, sheet, column, student):
    typed = document(student, column, "88", user=sheet.teacher_id + 1)

    teacher.send("PUT", f"/coursework/sheets/{sheet.id}/marks", typed, expect=401)

    assert database.session.query(Mark).count() == 0


def test_save_marks_refuses_a_stale_token_and_gives_a_fresh_one(teacher, sheet, column, student):
    teacher.get(f"/coursework/sheets/{sheet.id}")
    teacher.page.csrf_token = "forged"

    answer = teacher.send("PUT", f"/coursework/sheets/{sheet.id}/marks", document(student, column, "88"), expect=419)

    assert answer["csrf_token"]


def test_save_marks_asks_nobody_in_particular_to_sign_in(stranger, sheet, column, student):
    stranger.get("/coursework", expect=302)
    answer = stranger.client.put(f"/coursework/sheets/{sheet.id}/marks", json=document(student, column, "88"))

    assert answer.status_code in {401, 419}


def test_save_marks_is_forbidden_to_readers_and_hidden_from_others(sign_in, sheet, column, student):
    url, typed = f"/coursework/sheets/{sheet.id}/marks", document(student, column, "88")
    sheet.school_class.homeroom_teacher = HomeroomTeacherFactory()
    database.session.commit()

    sign_in(sheet.school_class.homeroom_teacher).send("PUT", url, typed, expect=403)
    sign_in(StudentUserFactory()).send("PUT", url, typed, expect=403)
    sign_in(SubjectTeacherFactory()).send("PUT", url, typed, expect=404)

    assert database.session.query(Mark).count() == 0


@pytest.mark.parametrize("count", [2, 45])
def test_save_marks_takes_the_same_statements_for_any_number_of_cells(teacher, sheet, column, count):
    columns = [column, *(AssessmentFactory(sheet=sheet) for _each in range(3))]
    students = [StudentFactory(school_class=sheet.school_class) for _each in range(count)]
    for student in students:
        MarkFactory(assessment=column, student=student, score=Decimal(50))
    cells = [
        {"student": student.id, "assessment": each.id, "value": "88", "version": 1 if each is column else 0}
        for student in students
        for each in columns
    ]
    teacher.get(f"/coursework/sheets/{sheet.id}")
    url = f"/coursework/sheets/{sheet.id}/marks"

    with counted() as statements:
        answer = teacher.send("PUT", url, {"cells": cells})

    assert {cell["status"] for cell in answer["cells"]} == {"saved"}
    assert len([each for each in statements if not each.startswith("BEGIN")]) <= 11


def test_form_without_script_saves_and_returns_to_the_sheet(teacher, sheet, column, student):
    teacher.get(f"/coursework/sheets/{sheet.id}")

    teacher.post(f"/coursework/sheets/{sheet.id}/marks", **{f"m.{student.id}.{column.id}.0": "88"})

    assert database.session.query(Mark).one().score == Decimal(88)


def test_form_without_script_saves_the_good_cells_and_shows_the_others(teacher, sheet, column, student):
    other = StudentFactory(school_class=sheet.school_class)
    teacher.get(f"/coursework/sheets/{sheet.id}")
    fields = {f"m.{student.id}.{column.id}.0": "88", f"m.{other.id}.{column.id}.0": "abc"}

    page = teacher.post(f"/coursework/sheets/{sheet.id}/marks", expect=200, **fields)

    assert "“abc”不是成绩" in teacher.page.text
    assert 'value="abc"' in page
    assert database.session.query(Mark).one().score == Decimal(88)


def test_form_without_script_refuses_a_forged_token(teacher, sheet, column, student):
    teacher.get(f"/coursework/sheets/{sheet.id}")
    teacher.page.csrf_token = "forged"

    teacher.post(f"/coursework/sheets/{sheet.id}/marks", expect=400, **{f"m.{student.id}.{column.id}.0": "88"})

    assert database.session.query(Mark).count() == 0


# One student's result


def test_student_page_shows_formula_and_history(teacher, sheet, column, student):
    url = f"/coursework/sheets/{sheet.id}/marks"
    teacher.send("PUT", url, document(student, column, "70"))
    teacher.send("PUT", url, document(student, column, "88", version=1))

    teacher.get(f"/coursework/sheets/{sheet.id}/students/{student.id}")

    assert "88÷100×100 = 88" in teacher.page.text
    assert "70 → 88" in teacher.page.text
    assert sheet.teacher.name in teacher.page.text


def test_student_page_of_another_class_is_not_found(teacher, sheet):
    teacher.get(f"/coursework/sheets/{sheet.id}/students/{StudentFactory().id}", expect=404)


# Handing in, publishing, sending back


def test_teacher_hands_in_and_registrar_publishes(teacher, sign_in, sheet, column, student):
    MarkFactory(assessment=column, student=student)
    registrar = sign_in(RegistrarFactory())

    teacher.get(f"/coursework/sheets/{sheet.id}")
    teacher.post(f"/coursework/sheets/{sheet.id}/transitions/submit")
    registrar.get(f"/coursework/sheets/{sheet.id}")
    registrar.post(f"/coursework/sheets/{sheet.id}/transitions/confirm")
    registrar.get(f"/coursework/sheets/{sheet.id}")
    registrar.post(f"/coursework/sheets/{sheet.id}/transitions/publish")

    assert database.session.get(MarkSheet, sheet.id).status == SheetStatus.PUBLISHED


def test_handing_in_with_missing_marks_names_who(teacher, sheet, student):
    teacher.get(f"/coursework/sheets/{sheet.id}")

    teacher.post(f"/coursework/sheets/{sheet.id}/transitions/submit")

    assert "岩温罕（期末）" in teacher.get(f"/coursework/sheets/{sheet.id}")
    assert database.session.get(MarkSheet, sheet.id).status == SheetStatus.DRAFT


@pytest.mark.parametrize("name", ["publish", "reopen", "vanish"])
def test_teacher_takes_no_step_of_the_registrar(teacher, sheet, name):
    teacher.get(f"/coursework/sheets/{sheet.id}")

    teacher.post(f"/coursework/sheets/{sheet.id}/transitions/{name}", expect=403)


def test_registrar_sends_back_with_a_reason_only(sign_in, sheet):
    sheet.status = SheetStatus.SUBMITTED
    database.session.commit()
    registrar = sign_in(RegistrarFactory())
    registrar.get(f"/coursework/sheets/{sheet.id}/reopen")

    registrar.post(f"/coursework/sheets/{sheet.id}/reopen", expect=422)
    registrar.post(f"/coursework/sheets/{sheet.id}/reopen", reason="录错一行")

    assert database.session.get(MarkSheet, sheet.id).status == SheetStatus.DRAFT


# A new sheet


def sheet_fields(course, term, teacher):
    rows = [("平时", 40, 100), ("期末", 60, 100)]
    fields = {"course_id": course.id, "term_id": term.id, "teacher_id": teacher.id, "scale": "hundred"}
    for number, row in enumerate(rows):
        for name, value in zip(("name", "weight", "maximum"), row, strict=True):
            fields[f"assessments-{number}-{name}"] = value
    return fields


def test_registrar_opens_a_sheet_for_a_teacher(sign_in, db):
    school_class, term, teacher = SchoolClassFactory(), TermFactory(), SubjectTeacherFactory()
    course = CourseFactory(programme=school_class.programme)
    registrar = sign_in(RegistrarFactory())

    assert f"/coursework/classes/{school_class.id}/sheets/new" in registrar.get("/coursework/sheets/new")
    registrar.get(f"/coursework/classes/{school_class.id}/sheets/new")
    registrar.post(f"/coursework/classes/{school_class.id}/sheets/new", **sheet_fields(course, term, teacher))

    opened = database.session.query(MarkSheet).one()
    assert (opened.course, opened.school_class, opened.teacher) == (course, school_class, teacher)


def test_teacher_opens_a_sheet_for_oneself_only(sign_in, db):
    school_class, term, teacher = SchoolClassFactory(), TermFactory(), SubjectTeacherFactory()
    course = CourseFactory(programme=school_class.programme)
    browser = sign_in(teacher)
    url = f"/coursework/classes/{school_class.id}/sheets/new"
    browser.get(url)

    browser.post(url, expect=422, **sheet_fields(course, term, SubjectTeacherFactory()))
    browser.post(url, **sheet_fields(course, term, teacher))

    assert database.session.query(MarkSheet).one().teacher == teacher


def test_new_sheet_comes_back_with_a_sentence_when_weights_do_not_sum(sign_in, db):
    school_class, term, teacher = SchoolClassFactory(), TermFactory(), SubjectTeacherFactory()
    fields = sheet_fields(CourseFactory(programme=school_class.programme), term, teacher)
    browser = sign_in(teacher)
    url = f"/coursework/classes/{school_class.id}/sheets/new"
    browser.get(url)

    browser.post(url, expect=422, **{**fields, "assessments-1-weight": 50})
    assert "现在是 90" in browser.page.text
    browser.post(url, expect=422, **{**fields, "assessments-1-weight": ""})
    assert "都要填名称、占比和满分" in browser.page.text
    browser.post(url, expect=422, **{**fields, "assessments-1-weight": "abc"})
    assert "占比填 1 到 100 的整数" in browser.page.text

    assert database.session.query(MarkSheet).count() == 0


def test_new_sheet_for_a_programme_without_courses_says_so(sign_in, db):
    school_class = SchoolClassFactory()

    page = sign_in(RegistrarFactory()).get(f"/coursework/classes/{school_class.id}/sheets/new")

    assert "还没有课程" in page


@pytest.mark.parametrize("factory", [StudentUserFactory, HomeroomTeacherFactory, PrincipalFactory])
def test_new_sheet_is_closed_to_others(sign_in, db, factory):
    sign_in(factory()).get("/coursework/sheets/new", expect=403)


# Transcripts


@pytest.fixture
def published(column, student):
    """The student's published 77; a classmate has 66."""
    column.sheet.status = SheetStatus.PUBLISHED
    MarkFactory(assessment=column, student=StudentFactory(school_class=student.school_class), score=Decimal(66))
    return MarkFactory(assessment=column, student=student, score=Decimal(77))


def test_student_is_led_to_the_own_transcript(sign_in, published):
    published.student.user = StudentUserFactory(name="岩温罕")
    database.session.commit()
    browser = sign_in(published.student.user)

    browser.get("/coursework", expect=302)
    assert browser.response.location == f"/coursework/transcripts/{published.student_id}"
    browser.get(browser.response.location)

    assert "礼仪" in browser.page.text
    assert "77" in browser.page.text
    assert "66" not in browser.page.text


def test_transcript_leaves_an_empty_remark_out_on_the_phone(sign_in, published):
    page = sign_in(RegistrarFactory()).get(f"/coursework/transcripts/{published.student_id}")

    assert 'data-label="备注" class="table__optional"' in page


def test_student_never_sees_the_transcript_of_another(sign_in, published):
    other = StudentFactory(school_class=published.student.school_class, user=StudentUserFactory())

    sign_in(other.user).get(f"/coursework/transcripts/{published.student_id}", expect=404)


def test_student_sees_nothing_before_it_is_published(sign_in, published):
    published.student.user = StudentUserFactory()
    published.assessment.sheet.status = SheetStatus.SUBMITTED
    database.session.commit()
    browser = sign_in(published.student.user)

    browser.get(f"/coursework/transcripts/{published.student_id}")

    assert "77" not in browser.page.text
    assert "还没有公布的成绩" in browser.page.text


def test_guardian_of_two_chooses_the_child(sign_in, published):
    guardian = GuardianFactory(user=GuardianUserFactory())
    for child in (published.student, StudentFactory()):
        GuardianshipFactory(student=child, guardian=guardian)
    browser = sign_in(guardian.user)

    assert f"/coursework/transcripts/{published.student_id}" in browser.get("/coursework")
    browser.get(f"/coursework/transcripts/{published.student_id}")
    browser.get(f"/coursework/transcripts/{StudentFactory().id}", expect=404)


def test_account_without_student_is_told_so(sign_in, db):
    assert "还没有连到学生" in sign_in(GuardianUserFactory()).get("/coursework")


def test_registrar_sees_unpublished_results_marked_as_such(sign_in, published):
    published.assessment.sheet.status = SheetStatus.SUBMITTED
    database.session.commit()
    browser = sign_in(RegistrarFactory())

    browser.get(f"/coursework/transcripts/{published.student_id}")

    assert "77" in browser.page.text
    assert "已提交" in browser.page.text


@pytest.mark.parametrize("count", [1, 3])
def test_transcript_takes_the_same_statements_for_any_number_of_courses(sign_in, student, count):
    for _each in range(count):
        sheet = MarkSheetFactory(school_class=student.school_class, status=SheetStatus.PUBLISHED)
        MarkFactory(assessment=AssessmentFactory(sheet=sheet), student=student)
    browser, url = sign_in(RegistrarFactory()), f"/coursework/transcripts/{student.id}"

    with counted() as statements:
        browser.get(url)

    assert len([each for each in statements if each.startswith("SELECT")]) == 5


def test_new_sheet_offers_the_term_of_today_first(sign_in, db):
    school_class = SchoolClassFactory()
    course = CourseFactory(programme=school_class.programme)
    this = TermFactory(school_year=2024, number=1, starts_on=date(2024, 9, 1), ends_on=date(2025, 1, 20))
    TermFactory(school_year=2099, number=1, starts_on=date(2099, 9, 1), ends_on=date(2100, 1, 20))

    url = f"/coursework/classes/{school_class.id}/sheets/new?course={course.id}"
    page = sign_in(RegistrarFactory()).get(url)

    assert f'<option selected value="{this.id}">' in page


def test_new_sheet_begins_with_the_weights_of_the_programme(sign_in, db):
    school_class, term, teacher = SchoolClassFactory(), TermFactory(), SubjectTeacherFactory()
    course = CourseFactory(programme=school_class.programme, weights=[["平时", 40], ["技能考核", 60]], name="茶艺")
    plain = CourseFactory(programme=school_class.programme)
    registrar = sign_in(RegistrarFactory())
    url = f"/coursework/classes/{school_class.id}/sheets/new"

    assert "平时 40，技能考核 60" in registrar.get(url)
    page = registrar.get(f"{url}?course={course.id}")
    assert "茶艺" in page
    assert [f'value="{value}"' in page for value in ("技能考核", "60", "期中")] == [True, True, False]
    assert 'value="期中"' in registrar.get(f"{url}?course={plain.id}")
    registrar.post(url, **sheet_fields(course, term, teacher))

    assert database.session.query(MarkSheet).one().course == course


def test_new_sheet_offers_the_courses_of_this_term_first(sign_in, db):
    term = TermFactory(school_year=2024, number=2, starts_on=date(2025, 2, 17), ends_on=date(2025, 7, 4))
    school_class = SchoolClassFactory(intake_year=2024, programme=ProgrammeFactory(intake_year=2024))
    CourseFactory(programme=school_class.programme, code="A", name="第一门", term_of_study=1)
    now = CourseFactory(programme=school_class.programme, code="B", name="第二门", term_of_study=2)
    MarkSheetFactory(school_class=school_class, course=now, term=term)

    page = sign_in(RegistrarFactory()).get(f"/coursework/classes/{school_class.id}/sheets/new")

    assert page.index("第二门") < page.index("第一门")
    assert "已有成绩单" in page


def test_new_sheet_is_refused_for_a_course_that_the_programme_has_no_more(sign_in, db):
    school_class, term, teacher = SchoolClassFactory(), TermFactory(), SubjectTeacherFactory()
    gone = CourseFactory(programme=school_class.programme, removed_in=2)
    CourseFactory(programme=school_class.programme)
    registrar = sign_in(RegistrarFactory())
    url = f"/coursework/classes/{school_class.id}/sheets/new"

    assert gone.name not in registrar.get(url)
    registrar.post(url, expect=422, **sheet_fields(gone, term, teacher))
