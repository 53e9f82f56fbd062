"""Who has to sit again: the database finds the same students as the rule, and the page and the home tell of them."""

from datetime import date
from decimal import Decimal
from itertools import product

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.core.database import now
from exchange.coursework import queries
from exchange.coursework.models import AttemptKind, MarkSheet, SheetStatus, Special
from exchange.coursework.queries.makeups import (
    SAT_AGAIN,
    last_day_of_makeups,
    makeup_sheets,
    makeups_due,
    sheets_with_makeups,
)
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory, SubjectTeacherFactory
from tests.factories.coursework import AssessmentFactory, AttemptFactory, MarkFactory, first_sitting, recognised
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

K = AttemptKind
SPRING = {"number": 2, "starts_on": date(2027, 2, 22), "ends_on": date(2027, 7, 9)}
MARKS = (None, "59.94", "59.95", "80", Special.ABSENT, Special.DEFERRED, Special.EXEMPT)
SITTINGS = (
    (),
    ((K.MAKEUP, 59),),
    ((K.MAKEUP, 60),),
    ((K.MAKEUP, None), (K.MAKEUP, 40)),
    ((K.DEFERRED, 59),),
    ((K.DEFERRED, 80),),
    ((K.DEFERRED, None), (K.MAKEUP, 70)),
    ((K.RETAKE, 61),),
)


@pytest.fixture
def student(db):
    return StudentFactory(name="岩温罕")


@pytest.fixture
def failed(student):
    """A sheet of the autumn on which the student has failed."""
    return first_sitting(student, "45", course__name="礼仪").assessment.sheet


@pytest.fixture
def spring(db):
    return TermFactory(**SPRING)


def found():
    return {row.student_id for row in database.session.execute(makeups_due())}


def fill(column, student, mark):
    score, special = (None, mark) if isinstance(mark, Special) else (mark and Decimal(mark), None)
    if mark is not None:
        MarkFactory(assessment=column, student=student, score=score, special=special)


def test_database_finds_the_same_students_as_the_rule(db):
    school_class = SchoolClassFactory()
    columns = [AssessmentFactory(sheet__school_class=school_class, sheet__status=SheetStatus.PUBLISHED, weight=40)]
    sheet = columns[0].sheet
    columns.append(AssessmentFactory(sheet=sheet, weight=60))
    for *marks, sittings in product(MARKS, MARKS, SITTINGS):
        student = StudentFactory(school_class=school_class)
        for column, mark in zip(columns, marks, strict=True):
            fill(column, student, mark)
        for number, (kind, score) in enumerate(sittings):
            taken_on = date(2027, 2, 23 + number)
            score = None if score is None else Decimal(score)
            AttemptFactory(student=student, sheet=sheet, kind=kind, score=score, taken_on=taken_on)

    expected = {due.student.id for due in queries.due_on(sheet) if due.next in SAT_AGAIN}

    assert len(expected) > 50
    assert found() == expected


@pytest.mark.parametrize(("score", "is_due"), [("59.94", True), ("59.95", False)])
def test_result_is_rounded_before_it_is_held_against_the_pass_score(student, score, is_due):
    first_sitting(student, score)

    assert bool(found()) is is_due


def test_recognised_course_is_not_sat_again(student, failed):
    recognised(student, failed.course, score=Decimal(60))

    assert not found()


def test_withdrawn_make_up_does_not_count(student, failed):
    AttemptFactory(student=student, sheet=failed, score=Decimal(90), withdrawn_at=now(), withdrawn_reason="录错")

    assert found() == {student.id}


@pytest.mark.parametrize("status", [SheetStatus.DRAFT, SheetStatus.SUBMITTED, SheetStatus.CONFIRMED])
def test_nobody_sits_again_before_the_results_are_published(student, status):
    first_sitting(student, "45", status=status)

    assert not found()


def test_who_is_not_at_school_has_nothing_to_sit_now(student, failed):
    student.status = StudentStatus.ON_LEAVE

    assert not found()


# The page


def test_sheet_tells_its_students_and_the_last_day(student, failed, spring):
    (told,) = makeup_sheets([failed])

    assert [(due.student.name, due.shown, due.next) for due in told.due] == [("岩温罕", "45 · 不及格", K.MAKEUP)]
    assert told.last_day == date(2027, 3, 7)


def test_last_day_is_open_while_the_next_term_is_not_set_up(failed):
    assert last_day_of_makeups(failed.term, [failed.term]) is None


def test_page_leads_to_the_line_of_the_student(sign_in, student, failed):
    browser = sign_in(failed.teacher)

    page = browser.get("/coursework/makeups")

    assert f'href="/coursework/sheets/{failed.id}/attempts#student-{student.id}"' in page
    assert f'id="student-{student.id}"' in browser.get(f"/coursework/sheets/{failed.id}/attempts")


def test_each_sees_the_make_ups_of_the_own_sheets(sign_in, student, failed):
    student.school_class.homeroom_teacher = HomeroomTeacherFactory()

    assert "岩温罕" in sign_in(RegistrarFactory()).get("/coursework/makeups")
    assert "岩温罕" in sign_in(student.school_class.homeroom_teacher).get("/coursework/makeups")
    assert "没有人要补考" in sign_in(SubjectTeacherFactory()).get("/coursework/makeups")


def test_list_takes_as_many_statements_for_three_as_for_one(count_queries, student, failed):
    def counted():
        database.session.commit()
        database.session.expunge_all()
        with count_queries() as statements:
            told = makeup_sheets(list(database.session.scalars(sheets_with_makeups(select(MarkSheet)))))
        return len(told), statements.count

    number, for_one = counted()
    for _number in range(2):
        first_sitting(StudentFactory(), "30")

    assert number == 1
    assert counted() == (3, for_one)


# The home


def titles(user):
    return [title for title, _detail, _url in queries.waiting_for(user)]


@pytest.mark.parametrize(("day", "waits"), [("2027-01-22", False), ("2027-01-23", True), ("2027-05-01", True)])
def test_teacher_is_reminded_from_the_end_of_the_term(app, failed, day, waits):
    with app.test_request_context(), time_machine.travel(f"{day} 10:00:00+08:00", tick=False):
        assert titles(failed.teacher) == (["补考待登记：1 门课，1 人次"] if waits else [])


@pytest.mark.parametrize(
    ("day", "waits"), [("2027-02-21", False), ("2027-02-22", True), ("2027-03-07", True), ("2027-03-08", False)]
)
def test_registrar_is_reminded_in_the_first_two_weeks_of_the_next_term(app, failed, spring, day, waits):
    with app.test_request_context(), time_machine.travel(f"{day} 10:00:00+08:00", tick=False):
        assert bool(titles(RegistrarFactory())) is waits


def test_home_forgets_what_was_entered(app, student, failed, spring):
    AttemptFactory(student=student, sheet=failed, taken_on=date(2027, 3, 1))

    with app.test_request_context(), time_machine.travel("2027-03-02 10:00:00+08:00", tick=False):
        assert titles(failed.teacher) == []


def test_others_are_not_reminded(app, student, failed):
    with app.test_request_context(), time_machine.travel("2027-03-02 10:00:00+08:00", tick=False):
        assert titles(SubjectTeacherFactory()) == []
        assert titles(HomeroomTeacherFactory()) == []
