"""What counts stays right when a new version of the programme is put in force."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.coursework import queries, service
from exchange.coursework.graduation.audit import audit
from exchange.coursework.promotion import failed_courses_stand_against
from exchange.programmes import queries as programmes
from exchange.programmes import service as studies
from exchange.programmes.models import CourseKind
from tests.factories.accounts import SubjectTeacherFactory
from tests.factories.coursework import first_sitting, recognised
from tests.factories.programmes import CourseFactory, TermFactory
from tests.factories.students import StudentFactory

NEW = {"code": "N", "name": "咖啡", "kind": CourseKind.MAJOR, "hours": 36, "credits": 2, "term_of_study": 2}
JUNE = date(2027, 6, 1)


@pytest.fixture
def switched(db):
    """A student with marks by the first version; the second keeps A, leaves B, C and D out and adds N."""
    student = StudentFactory()
    programme = student.school_class.programme
    courses = {code: CourseFactory(programme=programme, code=code, name=f"课程{code}") for code in "ABCD"}
    for code, mark in {"A": "80", "B": "70", "C": "50"}.items():
        first_sitting(student, mark, course=courses[code])
    recognised(student, courses["D"])
    version = studies.draft_version(programme, by=None)
    for code in "BCD":
        studies.remove_planned(programmes.find_planned(version, code), by=None)
    studies.change_planned(programmes.find_planned(version, "A"), term_of_study=3, by=None)
    studies.plan_course(version, **NEW, by=None)
    studies.put_in_force(version, approved_on=date(2026, 9, 1), approved_by="学校", reason="试点", by=None)
    return student, courses


def test_transcript_keeps_every_course_that_was_taken(switched):
    student, _courses = switched

    found = queries.transcript(student)

    assert [line.course for line in found.lines] == ["课程D", "课程A", "课程B", "课程C"]
    assert found.earned == Decimal(12)


def test_audit_asks_for_the_courses_of_the_version_in_force_and_counts_all_credits(switched):
    student, _courses = switched

    (found,) = audit([student], day=JUNE)

    assert found.facts.earned == Decimal(12)
    missing = [message.zh for message in found.missing]
    assert "咖啡：还没有公布的成绩" in missing
    assert not any("课程" in sentence for sentence in missing)


def test_failed_course_that_was_left_out_still_stands_against_promotion_until_it_is_made_up(switched):
    student, courses = switched
    day = date(2027, 9, 1)
    assert [each.zh for each in failed_courses_stand_against([student], day)[student.id]] == ["不及格：课程C"]
    (end,) = queries.outcomes_of([student.id], courses=[courses["C"].id])[student.id]

    lines = [service.Line(student.id, end.outcome.next, "66")]
    service.record_attempts(end.sheet, lines, taken_on=date(2026, 10, 1), by=None)

    assert failed_courses_stand_against([student], day).get(student.id, []) == []
    assert queries.transcript(student).earned == Decimal(16)


def test_sheets_are_opened_by_the_version_in_force(switched):
    student, courses = switched
    new = next(course for course in programmes.courses_of(student.school_class.programme_id) if course.code == "N")
    given = {
        "school_class": student.school_class,
        "term": TermFactory(school_year=2027),
        "teacher": SubjectTeacherFactory(),
        "assessments": [("期末", 100, 100)],
        "by": None,
    }

    with pytest.raises(service.SheetProblem, match="培养方案里没有"):
        service.open_sheet(course=courses["C"], **given)

    assert service.open_sheet(course=new, **given).course is new
    assert service.open_sheet(course=courses["A"], **given).course is courses["A"]


def test_left_out_course_is_not_recognised_any_more(switched):
    student, courses = switched

    with pytest.raises(service.AttemptProblem, match="不是这名学生的专业课程"):
        service.recognise(
            student,
            courses["C"],
            school_name="芒市职业教育中心",
            taken_on=date(2026, 6, 20),
            scale=first_sitting(student, "70").assessment.sheet.scale,
            value="80",
            reason="协议",
            by=None,
        )
