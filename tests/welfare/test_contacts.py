"""Talks: kept sealed, told to few, and asked for when a family was not called for long."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select, text

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.students.models import Student, StudentStatus
from exchange.welfare import service
from exchange.welfare.models import ContactKind
from exchange.welfare.queries.contacts import last_family_contacts, overdue
from exchange.welfare.service.contacts import NotYet
from tests.factories.students import StudentFactory
from tests.factories.welfare import ContactNoteFactory

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def wednesday(db):
    with time_machine.travel("2026-11-25 10:00:00+08:00", tick=False):
        yield


def note(student, held_on=TODAY):
    return service.note_contact(
        student, kind=ContactKind.CALL, held_on=held_on, with_whom="母亲", agreed="周末再打", next_step="订票", by=None
    )


def test_words_of_a_talk_are_sealed_and_the_trail_does_not_know_them(db):
    student = StudentFactory()

    note(student)
    database.session.commit()

    stored = database.session.execute(text("SELECT with_whom, agreed, next_step FROM contact_note")).one()
    line = timeline(student)[0]
    assert [word for word in ("母亲", "周末", "订票") if word in "".join(stored)] == []
    assert (line.action, line.changes) == ("contact_note.noted", {"kind": "call", "held_on": "2026-11-25"})


def test_talk_of_tomorrow_is_refused(db):
    with pytest.raises(NotYet):
        note(StudentFactory(), date(2026, 11, 26))


@pytest.mark.parametrize(
    ("kind", "held_on", "is_overdue"),
    [
        (ContactKind.CALL, date(2026, 10, 26), False),
        (ContactKind.CALL, date(2026, 10, 25), True),
        (ContactKind.VISIT, date(2026, 11, 1), False),
        (ContactKind.TALK, date(2026, 11, 24), True),
        (ContactKind.MESSAGE, date(2026, 11, 24), True),
    ],
)
def test_family_is_to_be_called_after_thirty_days(db, kind, held_on, is_overdue):
    student = ContactNoteFactory(kind=kind, held_on=held_on).student

    assert last_family_contacts([student.id], TODAY)[student.id].is_overdue is is_overdue
    assert database.session.scalar(select(overdue(select(Student), TODAY)[0])) == is_overdue


def test_who_was_never_called_is_overdue_as_long_as_on_the_roll(db):
    StudentFactory()
    StudentFactory(status=StudentStatus.GRADUATED)

    assert database.session.scalar(select(overdue(select(Student), TODAY)[0])) == 1


def test_day_before_the_year_of_enrolment_is_a_slip_of_the_keys(db):
    student = StudentFactory(enrolled_on=date(2026, 9, 1))

    with pytest.raises(NotYet, match="看一看年份"):
        note(student, date(2025, 12, 31))
    assert note(student, date(2026, 1, 1)).held_on == date(2026, 1, 1)
    database.session.commit()
