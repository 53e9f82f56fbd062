"""Intakes, arrivals and term registration as of a day: what has changed in between shows differently on each."""

from datetime import date

import pytest
import time_machine

from exchange.core.database import db as database
from exchange.enrolment import queries, service
from exchange.enrolment.models import ApplicantStatus
from exchange.students import policy as student_policy
from exchange.students import service as students
from exchange.students.history import Span, State
from exchange.students.models import StudentStatus
from tests.factories.accounts import RegistrarFactory
from tests.factories.enrolment import ApplicantFactory, ArrivalGroupFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory

TODAY = "2026-11-25 10:00+08:00"
Is = ApplicantStatus


def on(moment):
    return time_machine.travel(f"{moment}+08:00", tick=False)


@pytest.fixture
def registrar(db):
    return RegistrarFactory()


@pytest.fixture
def applicant(registrar):
    """Entered on 1 June, admitted on 10 June, here on 28 August, taken for a slip, and here again on the 30th."""
    with on("2026-06-01 09:00"):
        group = ArrivalGroupFactory()
        person = ApplicantFactory(project=group.project, arrival_group=group, name="刀玉兰")
    for moment, step in (
        ("2026-06-10 23:59:59", "admit"),
        ("2026-08-28 18:00", "arrive"),
        ("2026-08-29 08:00", "undo-arrival"),
        ("2026-08-30 18:00", "arrive"),
    ):
        with on(moment):
            service.change_status(person, step, by=registrar)
            if moment.startswith("2026-08-30"):
                service.tell_parents(person, by=registrar)
            database.session.commit()
    return person


@pytest.mark.parametrize(
    ("day", "applied", "admitted", "arrived"),
    [
        (date(2026, 5, 31), 0, 0, 0),
        (date(2026, 6, 1), 1, 0, 0),
        (date(2026, 6, 9), 1, 0, 0),
        (date(2026, 6, 10), 1, 1, 0),
        (date(2026, 8, 28), 1, 1, 1),
        (date(2026, 8, 29), 1, 1, 0),
        (date(2026, 8, 30), 1, 1, 1),
    ],
)
def test_numbers_of_a_county_are_those_of_the_day(applicant, registrar, day, applied, admitted, arrived):
    seats = queries.seats_of(applicant.project, 2026, day=day)
    county = seats.get("533103")
    found = (county.applied, county.admitted, county.arrived) if county else (0, 0, 0)

    assert found == (applied, admitted, arrived)
    totals = [(each.total.applied, each.total.admitted) for each in queries.intakes(registrar, day=day)]
    assert totals == ([(applied, admitted)] if applied else [])


def test_numbers_of_the_last_step_are_those_of_today(applicant):
    assert queries.seats_of(applicant.project, 2026, day=date(2026, 8, 30)) == queries.seats_of(applicant.project, 2026)


@pytest.mark.parametrize(
    ("day", "status", "found"),
    [
        ("2026-06-09", "applied", True),
        ("2026-06-09", "arrived", False),
        ("2026-06-10", "admitted", True),
        ("2026-08-28", "arrived", True),
        ("2026-08-29", "arrived", False),
    ],
)
def test_list_is_filtered_by_the_status_of_the_day(sign_in, registrar, applicant, day, status, found):
    with on("2026-11-25 10:00"):
        page = sign_in(registrar).get(f"/enrolment/intakes/{applicant.project_id}/2026?as_of={day}&status={status}")

    assert ("刀玉兰" in page) is found
    assert "这是截至" in page
    assert "回到今天" in page
    assert 'name="applicant"' not in page


@pytest.mark.parametrize(
    ("day", "here", "late", "told"),
    [
        (date(2026, 8, 27), False, False, False),
        (date(2026, 8, 28), True, False, False),
        (date(2026, 8, 29), False, True, False),
        (date(2026, 8, 30), True, False, True),
    ],
)
def test_arrivals_are_those_of_the_day(applicant, registrar, day, here, late, told):
    _board, (row,) = queries.past_board(registrar, day=date(2026, 8, 28), on=day)

    assert (row.is_here, row.is_late, row.is_told) == (here, late, told)


def test_page_of_arrivals_gone_by_has_no_buttons(sign_in, registrar, applicant):
    with on("2026-11-25 10:00"):
        page = sign_in(registrar).get("/enrolment/arrivals?day=2026-08-28&as_of=2026-08-29")

    assert "过了日子还没有到" in page
    assert "以前的没有留底" in page
    assert "/arrived" not in page


@pytest.fixture
def returning(registrar):
    """Registered for the term on 2 September, on leave from 10 October, in another class from November."""
    with on(TODAY.removesuffix("+08:00")):
        term, student, other = TermFactory(), StudentFactory(), SchoolClassFactory()
        first = student.school_class
        service.register_for_term([student], term, by=registrar, on=date(2026, 9, 2))
        away = StudentFactory(school_class=first)
        registered, on_leave = StudentStatus.REGISTERED, StudentStatus.ON_LEAVE
        students.set_history(
            away,
            [Span(date(2026, 9, 1), State(registered, first.id)), Span(date(2026, 10, 10), State(on_leave, first.id))],
        )
        students.set_history(
            student,
            [Span(date(2026, 9, 1), State(registered, first.id)), Span(date(2026, 11, 1), State(registered, other.id))],
        )
        database.session.commit()
    return term, student, first, other


def counts(registrar, term, day):
    rows = queries.class_counts(student_policy.visible_to(registrar), term, day=day)
    return {row[0].id: tuple(row[1:]) for row in database.session.execute(rows)}


@pytest.mark.parametrize(
    ("day", "of_first", "of_other"),
    [
        (date(2026, 8, 31), None, None),
        (date(2026, 9, 1), (0, 2, 0), None),
        (date(2026, 9, 2), (1, 1, 0), None),
        (date(2026, 10, 9), (1, 1, 0), None),
        (date(2026, 10, 10), (1, 0, 1), None),
        (date(2026, 11, 1), (0, 0, 1), (1, 0, 0)),
    ],
)
def test_term_registration_is_counted_as_of_the_day(returning, registrar, day, of_first, of_other):
    term, _student, first, other = returning

    found = counts(registrar, term, day)

    assert (found.get(first.id), found.get(other.id)) == (of_first, of_other)


def test_registration_that_was_taken_back_later_counts_until_then(returning, registrar):
    term, student, _first, other = returning
    with on("2026-11-20 09:00"):
        service.take_back_registration(student, term, reason="没有返校", by=registrar)
        database.session.commit()

    assert counts(registrar, term, date(2026, 11, 19))[other.id] == (1, 0, 0)
    assert counts(registrar, term, date(2026, 11, 20))[other.id] == (0, 1, 0)


@pytest.mark.parametrize("address", ["/enrolment", "/enrolment/arrivals", "/enrolment/terms"])
@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("2026-02-30", "不是能查的日期"),
        ("1899-01-01", "不是能查的日期"),
        ("x" * 900, "不是能查的日期"),
        ("2026-11-26", "还没有到"),
    ],
)
def test_day_that_is_none_gets_one_sentence(sign_in, registrar, applicant, address, written, sentence):
    with on("2026-11-25 10:00"):
        TermFactory()
        page = sign_in(registrar).get(f"{address}?as_of={written}")

    assert page.count(sentence) == 1
    assert "这是截至" not in page


@pytest.mark.parametrize("address", ["/enrolment", "/enrolment/arrivals", "/enrolment/terms"])
def test_today_needs_no_notice(sign_in, registrar, applicant, address):
    with on("2026-11-25 10:00"):
        TermFactory()
        page = sign_in(registrar).get(f"{address}?as_of=2026-11-25")

    assert "截至" in page
    assert "这是截至" not in page
