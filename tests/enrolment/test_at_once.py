"""Two people at the same moment, each in a session of its own."""

from sqlalchemy import func, select

from exchange.audit.models import AuditEvent
from exchange.core.database import db as database
from exchange.core.errors import DomainError
from exchange.enrolment import service
from exchange.enrolment.events import EnrolmentEvent
from exchange.programmes.models import Term
from exchange.students.models import Student
from tests.at_once import pressed_twice
from tests.factories.enrolment import TermRegistrationFactory


def test_registration_for_the_term_is_taken_back_once(app, db):
    registration = TermRegistrationFactory()
    student_id, term_id = registration.student_id, registration.term_id
    database.session.commit()

    def take_back():
        student, term = database.session.get_one(Student, student_id), database.session.get_one(Term, term_id)
        service.take_back_registration(student, term, reason="没有返校", by=None)

    assert pressed_twice(app, take_back, done="taken back", refusal=DomainError) == ["refused", "taken back"]
    lines = select(func.count()).where(AuditEvent.action == EnrolmentEvent.TERM_UNREGISTERED.value)
    assert database.session.scalar(lines) == 1
