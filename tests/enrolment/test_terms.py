"""Term registration: who is back, who is not, and who cannot be."""

from datetime import date

import pytest

from exchange.audit.queries import timeline
from exchange.core.database import db as database
from exchange.core.errors import NotPossible
from exchange.enrolment import queries, service
from exchange.enrolment.service import ReasonMissing
from exchange.students import policy as student_policy
from exchange.students.models import StudentStatus
from tests.factories.accounts import HomeroomTeacherFactory, RegistrarFactory
from tests.factories.programmes import SchoolClassFactory, TermFactory
from tests.factories.students import StudentFactory


def counts(user, term, **wanted):
    rows = queries.class_counts(student_policy.visible_to(user), term, **wanted)
    return {row[0]: tuple(row[1:]) for row in database.session.execute(rows)}


def test_all_who_study_here_are_registered_at_once(db):
    teacher, term = HomeroomTeacherFactory(), TermFactory()
    students = [StudentFactory(), StudentFactory()]

    outcome = service.register_for_term(students, term, by=teacher, on=date(2026, 9, 2))

    assert (outcome.done, outcome.refused) == (students, [])
    registration = queries.registered([students[0].id], term)[students[0].id]
    assert (registration.registered_on, registration.registered_by) == (date(2026, 9, 2), teacher)
    assert timeline(students[1])[0].action == "student.term_registered"


def test_second_tap_registers_nobody_again(db):
    student, term = StudentFactory(), TermFactory()
    service.register_for_term([student], term, by=None)

    assert service.register_for_term([student], term, by=None) == ([], [])
    assert len(timeline(student)) == 1


@pytest.mark.parametrize("status", [status for status in StudentStatus if status != StudentStatus.REGISTERED])
def test_who_does_not_study_here_is_refused_by_name(db, status):
    student = StudentFactory(status=status)

    outcome = service.register_for_term([student], TermFactory(), by=None)

    assert outcome.done == []
    assert student.name in outcome.refused[0][1]
    assert ("休学" in outcome.refused[0][1]) == (status == StudentStatus.ON_LEAVE)


def test_registration_is_taken_back_with_a_reason(db):
    student, term = StudentFactory(), TermFactory()
    service.register_for_term([student], term, by=None)
    with pytest.raises(ReasonMissing):
        service.take_back_registration(student, term, reason=" ", by=None)

    service.take_back_registration(student, term, reason="没有返校", by=None)

    assert queries.registered([student.id], term) == {}
    assert timeline(student)[0].reason == "没有返校"
    with pytest.raises(NotPossible):
        service.take_back_registration(student, term, reason="再来", by=None)


def test_classes_are_counted_within_the_scope(db):
    teacher, term = HomeroomTeacherFactory(), TermFactory()
    own = SchoolClassFactory(homeroom_teacher=teacher)
    back = StudentFactory(school_class=own)
    StudentFactory(school_class=own)
    StudentFactory(school_class=own, status=StudentStatus.ON_LEAVE)
    StudentFactory(school_class=own, status=StudentStatus.WITHDRAWN)
    StudentFactory(school_class=own, enrolled_on=date(2027, 9, 1))
    other = StudentFactory()
    service.register_for_term([back, other], term, by=None)

    assert counts(teacher, term) == {own: (1, 1, 1)}
    assert counts(RegistrarFactory(), term) == {own: (1, 1, 1), other.school_class: (1, 0, 0)}
    assert counts(RegistrarFactory(), term, only_missing=True) == {own: (1, 1, 1)}


def test_another_term_is_another_registration(db):
    student = StudentFactory()
    service.register_for_term([student], TermFactory(), by=None)
    spring = TermFactory(number=2, starts_on=date(2027, 2, 22), ends_on=date(2027, 7, 9))

    assert list(database.session.scalars(queries.unregistered(student_policy.visible_to(RegistrarFactory()), spring)))
