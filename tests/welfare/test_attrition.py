"""The board: who stands on it, in which order, and what has been done."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.orders.kinds import OrderKind
from exchange.students.history import Span, State
from exchange.students.models import Student, StudentStatus
from exchange.students.service import set_history
from exchange.welfare import service, sources
from exchange.welfare.models import AbsenceKind
from exchange.welfare.queries.attrition import board, count_by_actor
from exchange.welfare.rules.attrition import Actor, Level
from tests.factories.accounts import RegistrarFactory
from tests.factories.orders import confirmed
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory
from tests.factories.welfare import AbsenceFactory, ContactNoteFactory

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        TermFactory()
        yield


def lines():
    return board(select(Student), TODAY)


def left(since, **student):
    return AbsenceFactory(
        student=StudentFactory(**student), kind=AbsenceKind.LEFT, starts_on=since, ends_on=None, hours=0
    ).student


def on_leave(since):
    student = StudentFactory(enrolled_on=date(2024, 9, 1))
    registered = State(StudentStatus.REGISTERED, student.school_class_id)
    away = State(StudentStatus.ON_LEAVE, student.school_class_id)
    set_history(student, [Span(date(2024, 9, 1), registered), Span(since, away)])
    database.session.commit()
    return student


@pytest.fixture
def leave_ends():
    ends = []
    sources.register_leave_ends(lambda: ends)
    yield ends
    sources.LEAVE_ENDS.pop()


def test_fifteen_days_away_make_a_candidate_and_fourteen_do_not(db):
    candidate, urgent = left(date(2026, 11, 11)), left(date(2026, 11, 12))

    assert [(line.student, line.worst.level) for line in lines()] == [
        (candidate, Level.CANDIDATE),
        (urgent, Level.URGENT),
    ]


def test_hours_of_the_term_are_added_up(db):
    student = StudentFactory()
    for day in (2, 3, 4, 5):
        AbsenceFactory(student=student, starts_on=date(2026, 11, day))
    assert lines() == []
    AbsenceFactory(student=student, starts_on=date(2026, 11, 9), hours=2)

    (line,) = lines()

    assert (line.worst.code, line.worst.since, str(line.worst.figure)) == (
        "ATT-3",
        date(2026, 11, 2),
        "本学期旷课 30 课时",
    )


def test_whole_day_without_leave_alerts_until_the_next_school_day(db):
    student = AbsenceFactory(starts_on=date(2026, 11, 24)).student
    AbsenceFactory(starts_on=date(2026, 11, 23))
    AbsenceFactory(starts_on=date(2026, 11, 24), hours=6)

    assert [(line.student, line.worst.code) for line in lines()] == [(student, "ATT-4")]


def test_who_is_back_is_away_no_more(db):
    AbsenceFactory(kind=AbsenceKind.LEFT, starts_on=date(2026, 11, 9), ends_on=date(2026, 11, 10), hours=0)

    assert lines() == []


@pytest.mark.parametrize(("last_day", "level"), [(date(2026, 11, 10), "candidate"), (date(2026, 11, 11), "urgent")])
def test_leave_that_ended_without_return(db, leave_ends, last_day, level):
    student = on_leave(date(2026, 3, 2))
    leave_ends.append((student.id, last_day))

    (line,) = lines()

    assert (line.student, line.worst.code, line.worst.level) == (student, "ATT-1", level)


def test_who_came_back_from_leave_is_no_candidate(db, leave_ends):
    leave_ends.append((StudentFactory().id, date(2026, 9, 1)))

    assert lines() == []


@pytest.mark.parametrize(("since", "expected"), [(date(2024, 11, 25), ["candidate"]), (date(2025, 3, 2), [])])
def test_two_years_on_leave_are_counted_from_history(db, since, expected):
    on_leave(since)

    assert [line.worst.level for line in lines()] == expected


def test_change_of_class_does_not_end_a_leave(db):
    student = on_leave(date(2024, 10, 1))
    states = [State(StudentStatus.ON_LEAVE, each.id) for each in (student.school_class, SchoolClassFactory())]
    registered = State(StudentStatus.REGISTERED, student.school_class_id)
    spans = [Span(date(2024, 9, 1), registered), Span(date(2024, 10, 1), states[0]), Span(date(2025, 9, 1), states[1])]
    set_history(student, spans)
    database.session.commit()

    assert [line.worst.since for line in lines()] == [date(2024, 10, 1)]


def test_second_leave_counts_from_its_own_beginning(db):
    student = on_leave(date(2024, 10, 1))
    here = State(StudentStatus.REGISTERED, student.school_class_id)
    away = State(StudentStatus.ON_LEAVE, student.school_class_id)
    days = [(2024, 9, 1), (2024, 10, 1), (2025, 9, 1), (2026, 9, 1)]
    states = [here, away, here, away]
    set_history(student, [Span(date(*day), state) for day, state in zip(days, states, strict=True)])
    database.session.commit()

    assert lines() == []


def test_who_has_left_the_roll_stands_on_no_board(db):
    left(date(2026, 11, 2), status=StudentStatus.WITHDRAWN)

    assert lines() == []


def test_minors_are_marked(db):
    left(date(2026, 11, 2), birth_date=date(2008, 11, 26))
    left(date(2026, 11, 3), birth_date=date(2008, 11, 25))

    assert [line.is_minor for line in lines()] == [True, False]


def test_only_a_talk_since_the_beginning_answers(db):
    student = left(date(2026, 11, 23))
    ContactNoteFactory(student=student, held_on=date(2026, 11, 22))
    assert lines()[0].answered is None
    note = ContactNoteFactory(student=student, held_on=date(2026, 11, 24))

    assert lines()[0].answered == note


def test_everybody_is_counted_for_who_must_act(db):
    left(date(2026, 11, 2))
    left(date(2026, 11, 24))

    assert count_by_actor(select(Student), TODAY) == {Actor.REGISTRAR: 1, Actor.HOMEROOM_TEACHER: 1}


def test_the_morning_tally_is_what_the_registrar_finds_at_home(sign_in):
    student = StudentFactory()
    AbsenceFactory(student=student, starts_on=date(2026, 9, 7), hours=90)

    assert service.count_candidates().candidates == 1
    assert service.count_candidates().candidates == 1
    database.session.commit()
    page = sign_in(RegistrarFactory()).get("/")

    assert "流失预警：1 名学生等学籍管理员处理" in page


def test_a_leave_by_order_that_ended_three_weeks_ago_is_a_candidate(db):
    student = StudentFactory(enrolled_on=date(2025, 9, 1))
    papers = dict.fromkeys(["student_applied_on", "guardian_applied_on", "agreement_signed_on"], date(2026, 3, 1))
    confirmed(
        OrderKind.LEAVE,
        [student],
        effective_on=date(2026, 3, 2),
        evidence={**papers, "leave_until": date(2026, 11, 4)},
    )

    (line,) = lines()

    assert line.student == student
    assert count_by_actor(select(Student), TODAY)[Actor.REGISTRAR] == 1
