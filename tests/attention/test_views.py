"""The page: what the records say of a student, who sees whom, and in which order."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import select

from exchange.attention.queries import facts_of
from exchange.conduct.models import Grade
from exchange.core.database import db as database
from exchange.coursework.models import SheetStatus
from exchange.students.models import Student, StudentStatus
from tests.factories.accounts import (
    GuardianUserFactory,
    HomeroomTeacherFactory,
    PrincipalFactory,
    RegistrarFactory,
    StudentUserFactory,
    SubjectTeacherFactory,
)
from tests.factories.conduct import ConductAssessmentFactory
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkSheetFactory, first_sitting, recognised
from tests.factories.programmes import CourseFactory, SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory, ContactNoteFactory, VisitReportFactory

DAY = date(2027, 3, 10)
SPRING = {"number": 2, "starts_on": date(2027, 2, 22), "ends_on": date(2027, 7, 9)}


@pytest.fixture(autouse=True)
def spring(db):
    with time_machine.travel("2027-03-10 10:00:00+08:00", tick=False):
        TermFactory()
        TermFactory(**SPRING)
        yield


@pytest.fixture
def school_class():
    return SchoolClassFactory(name="2026级云南班", homeroom_teacher=HomeroomTeacherFactory())


@pytest.fixture
def student(school_class):
    return StudentFactory(school_class=school_class, name="岩温罕", student_no="20260001")


def facts(student):
    database.session.flush()
    return facts_of([student], select(Student).where(Student.id == student.id), DAY)[student.id]


# Facts


def test_course_is_failed_until_a_later_sitting_passes_it(student):
    sheet = first_sitting(student, "45", course__name="礼仪").assessment.sheet
    assert facts(student).failed == ("礼仪",)

    AttemptFactory(student=student, sheet=sheet, taken_on=date(2027, 3, 1))
    assert facts(student).failed == ()


def test_credits_are_those_of_courses_published_to_the_class(student):
    first_sitting(student, "80", course__credits=Decimal(4))
    first_sitting(student, "45", course__credits=Decimal(3))
    first_sitting(student, "90", course__credits=Decimal(2), status=SheetStatus.CONFIRMED)

    assert (facts(student).credits_due, facts(student).credits_earned) == (7, 4)


@pytest.mark.parametrize("status", list(SheetStatus))
def test_course_without_marks_counts_when_its_term_is_over(student, status):
    AssessmentFactory(sheet__school_class=student.school_class, sheet__course__name="礼仪", sheet__status=status)
    now = MarkSheetFactory(school_class=student.school_class, term=TermFactory(**SPRING))
    AssessmentFactory(sheet=now)

    assert facts(student).unmarked == ("礼仪",)


def test_course_that_is_recognised_lacks_no_marks(student):
    column = AssessmentFactory(sheet__school_class=student.school_class)
    recognised(student, column.sheet.course, score=Decimal(80))

    assert facts(student).unmarked == ()


def test_courses_from_before_the_student_came_do_not_count(student):
    AssessmentFactory(sheet__school_class=student.school_class, sheet__status=SheetStatus.PUBLISHED)
    student.enrolled_on = date(2027, 2, 22)

    assert (facts(student).unmarked, facts(student).credits_due) == ((), 0)


def test_only_the_last_assessment_of_conduct_counts(student):
    ConductAssessmentFactory(student=student, term=TermFactory(), grade=Grade.FAIL)
    assert facts(student).conduct_failed_in == "2026–2027学年第一学期"

    ConductAssessmentFactory(student=student, term=TermFactory(**SPRING), grade=Grade.PASS)
    assert facts(student).conduct_failed_in is None


def test_last_talk_is_a_note_or_a_home_visit(student):
    assert facts(student).spoken_on is None

    ContactNoteFactory(student=student, held_on=date(2027, 1, 5))
    VisitReportFactory(sheet__student=student, visited_on=date(2027, 2, 1))
    ContactNoteFactory(student=student, held_on=date(2027, 3, 11))
    assert facts(student).spoken_on == date(2027, 2, 1)


# The page


def test_reason_stands_under_the_name_and_leads_to_its_page(sign_in, school_class, student):
    AbsenceFactory(student=student, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 5), hours=31)
    ContactNoteFactory(student=student, held_on=DAY)

    page = sign_in(school_class.homeroom_teacher).get("/attention")

    assert "岩温罕" in page
    assert f'<a href="/students/{student.id}/attendance">本学期旷课 31 课时；到 90 课时，学校要作决定</a>' in page
    assert f'href="/welfare/students/{student.id}/contacts/new"' in page


def test_order_is_that_of_the_roll_and_not_of_the_need(sign_in, school_class, student):
    worse = StudentFactory(school_class=school_class, name="咩罕", student_no="20260009")
    AbsenceFactory(student=worse, starts_on=date(2027, 3, 1), hours=95)
    first = StudentFactory(school_class=school_class, name="小团", student_no="20260000")
    for each in (student, first):
        ContactNoteFactory(student=each, held_on=date(2026, 12, 1))

    page = sign_in(school_class.homeroom_teacher).get("/attention")

    assert page.index("小团") < page.index("岩温罕") < page.index("咩罕")


def test_filter_by_reason_and_class(sign_in, school_class, student):
    ContactNoteFactory(student=student, held_on=date(2026, 12, 1))
    browser = sign_in(RegistrarFactory())

    assert "岩温罕" in browser.get("/attention?kind=talk&q=云南")
    assert "这里没有需要关注的学生" in browser.get("/attention?kind=conduct")
    assert "这里没有需要关注的学生" in browser.get("/attention?q=没有这个班")
    assert "岩温罕" in browser.get("/attention?kind=nonsense&page=x")


def test_each_sees_the_own_classes(sign_in, school_class, student):
    assert "岩温罕" in sign_in(school_class.homeroom_teacher).get("/attention")
    assert "岩温罕" in sign_in(PrincipalFactory()).get("/attention")
    assert "没有你带的班" in sign_in(HomeroomTeacherFactory()).get("/attention")


@pytest.mark.parametrize("factory", [SubjectTeacherFactory, StudentUserFactory, GuardianUserFactory])
def test_nobody_else_sees_the_page(sign_in, factory):
    sign_in(factory()).get("/attention", expect=403)


def test_principal_reads_and_notes_nothing(sign_in, student):
    assert "记联系" not in sign_in(PrincipalFactory()).get("/attention")


def test_who_has_left_is_not_listed(sign_in, school_class, student):
    StudentFactory(school_class=school_class, name="走了", status=StudentStatus.WITHDRAWN)

    assert "走了" not in sign_in(RegistrarFactory()).get("/attention")


def test_class_in_which_nobody_needs_attention_says_so(sign_in, school_class, student):
    ContactNoteFactory(student=student, held_on=DAY)

    page = sign_in(school_class.homeroom_teacher).get("/attention")

    assert "没有需要关注的学生" in page
    assert "本学期旷课到 30 课时。" in page


def test_page_opens_ten_classes_at_a_time(sign_in):
    for number in range(11):
        StudentFactory(school_class=SchoolClassFactory(number=number + 1), name=f"学生{number}")
    browser = sign_in(RegistrarFactory())

    assert browser.get("/attention").count('<section class="attention">') == 10
    assert browser.get("/attention?page=2").count('<section class="attention">') == 1


def test_reasons_of_all_pages_may_be_opened_by_who_sees_them(sign_in, school_class, student):
    AbsenceFactory(student=student, starts_on=date(2027, 3, 1), hours=31)
    ConductAssessmentFactory(student=student, grade=Grade.FAIL)
    for name in ("数学", "语文"):
        course = CourseFactory(programme=school_class.programme, name=name)
        first_sitting(student, "30", course=course)
    for person in (school_class.homeroom_teacher, PrincipalFactory(), RegistrarFactory()):
        browser = sign_in(person)
        page = browser.get("/attention")
        for path in ("attendance", "conduct", "welfare"):
            assert f'href="/students/{student.id}/{path}"' in page
            browser.get(f"/students/{student.id}/{path}")
        assert f'href="/coursework/transcripts/{student.id}"' in page
        browser.get(f"/coursework/transcripts/{student.id}")
