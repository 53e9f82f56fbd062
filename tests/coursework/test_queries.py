"""What waits for whom, and what a transcript says."""

from datetime import date
from decimal import Decimal

import pytest

from exchange.coursework import queries
from exchange.coursework.grading import ResultState
from exchange.coursework.models import Scale, SheetStatus, Special
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.coursework import AssessmentFactory, MarkFactory, MarkSheetFactory, first_sitting
from tests.factories.programmes import CourseFactory, TermFactory
from tests.factories.students import StudentFactory


def test_transcript_lists_terms_from_the_oldest_with_totals(db):
    student = StudentFactory()
    autumn, spring = TermFactory(), TermFactory(number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))
    programme = student.school_class.programme
    first_sitting(student, "59.9", term=spring, course=CourseFactory(programme=programme, credits=3, hours=54))
    first_sitting(student, "60", term=autumn, course=CourseFactory(programme=programme, credits=4, hours=72))

    transcript = queries.transcript(student)

    assert [(term.number, [line.shown for line in term.lines]) for term in transcript.terms] == [
        (1, ["60"]),
        (2, ["59.9"]),
    ]
    assert [line.remark for line in transcript.lines] == ["", "不及格"]
    assert (transcript.hours, transcript.earned) == (126, Decimal(4))


def test_transcript_says_what_stands_in_place_of_a_figure(db):
    student = StudentFactory()
    first_sitting(student, special=Special.DEFERRED)
    first_sitting(student, special=Special.EXEMPT)

    lines = queries.transcript(student).lines

    states = [(line.shown, line.remark, line.result.state, line.earned) for line in lines]
    assert states == [
        ("缓", "等待缓考", ResultState.DEFERRED, Decimal(0)),
        ("免", "免修", ResultState.EXEMPT, Decimal(4)),
    ]


def test_transcript_counts_only_the_own_marks_on_published_sheets(db):
    student = StudentFactory()
    other = StudentFactory(school_class=student.school_class)
    mark = first_sitting(student, "70")
    MarkFactory(assessment=mark.assessment, student=other, score=Decimal(99))
    first_sitting(student, "80", status=SheetStatus.SUBMITTED)

    assert [line.shown for line in queries.transcript(student).lines] == ["70"]


def test_waiting_for_teacher_says_how_much_is_missing(app, db):
    column = AssessmentFactory()
    StudentFactory(school_class=column.sheet.school_class)
    StudentFactory(school_class=column.sheet.school_class, status=StudentStatus.WITHDRAWN)
    AssessmentFactory()

    with app.test_request_context():
        waiting = queries.waiting_for(column.sheet.teacher)

    name, course = column.sheet.school_class.name, column.sheet.course.name
    assert waiting == [(f"录入{name}的{course}成绩", "还缺 1 个成绩", f"/coursework/sheets/{column.sheet.id}")]


def test_waiting_for_teacher_asks_to_hand_in_what_is_complete(app, db):
    column = AssessmentFactory()
    MarkFactory(assessment=column, student=StudentFactory(school_class=column.sheet.school_class))

    with app.test_request_context():
        [(title, detail, _url)] = queries.waiting_for(column.sheet.teacher)

    assert title.startswith("提交")
    assert detail == "成绩已录齐"


def test_sheet_of_a_class_without_students_waits_for_nobody(app, db):
    column = AssessmentFactory()
    StudentFactory(school_class=column.sheet.school_class, status=StudentStatus.WITHDRAWN)

    with app.test_request_context():
        assert queries.waiting_for(column.sheet.teacher) == []


def test_waiting_for_registrar_lists_what_was_handed_in(app, db):
    sheet = MarkSheetFactory(status=SheetStatus.SUBMITTED)
    MarkSheetFactory()
    registrar = RegistrarFactory()
    MarkSheetFactory(status=SheetStatus.SUBMITTED, submitted_by_id=registrar.id)
    MarkSheetFactory(status=SheetStatus.SUBMITTED, teacher=registrar)

    with app.test_request_context():
        [(title, _detail, url)] = queries.waiting_for(registrar)
        nothing = queries.waiting_for(SubjectTeacherFactory()) + queries.waiting_for(HomeroomTeacherFactory())

    assert title.startswith("确认")
    assert url == f"/coursework/sheets/{sheet.id}"
    assert nothing == []


def test_waiting_for_registrar_asks_to_publish_what_was_confirmed(app, db):
    MarkSheetFactory(status=SheetStatus.CONFIRMED)
    MarkSheetFactory(status=SheetStatus.PUBLISHED)

    with app.test_request_context():
        [(title, detail, _url)] = queries.waiting_for(RegistrarFactory())

    assert (title[:2], detail) == ("公布", "成绩已确认")


def test_grid_keeps_who_has_left_with_marks_and_misses_nothing_of_theirs(db):
    column = AssessmentFactory()
    left = StudentFactory(school_class=column.sheet.school_class, status=StudentStatus.WITHDRAWN)
    StudentFactory(school_class=column.sheet.school_class, status=StudentStatus.WITHDRAWN)
    MarkFactory(assessment=column, student=left, score=None)

    grid = queries.grid(column.sheet)

    assert [row.student.id for row in grid.rows] == [left.id]
    assert grid.missing == 0


def test_grid_knows_namesakes(db):
    column = AssessmentFactory()
    for name in ("岩温罕", "岩温罕", "玉罕"):
        StudentFactory(school_class=column.sheet.school_class, name=name)

    assert queries.grid(column.sheet).namesakes == {"岩温罕"}


# What stands under the results


@pytest.mark.parametrize(
    ("scale", "scores", "said"),
    [
        (Scale.HUNDRED, (85, 80, 80, None), "81.7"),
        (Scale.LEVELS, (85, 95, 85, None), "优秀 1 · 良好 2"),
        (Scale.PASS_FAIL, (80, 80, 40, None), "合格 2 · 不合格 1"),
    ],
)
def test_results_are_summed_up_in_their_own_scale(db, scale, scores, said):
    column = AssessmentFactory(sheet__scale=scale)
    for score in scores:
        student = StudentFactory(school_class=column.sheet.school_class)
        MarkFactory(assessment=column, student=student, score=score and Decimal(score))

    assert queries.grid(column.sheet).summary == said


@pytest.mark.parametrize("scale", list(Scale))
def test_sheet_without_results_sums_up_nothing(db, scale):
    column = AssessmentFactory(sheet__scale=scale)
    StudentFactory(school_class=column.sheet.school_class)

    assert queries.grid(column.sheet).summary == ""
