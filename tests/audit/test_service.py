import pytest
from sqlalchemy import select, text

from exchange.accounts.events import AccountEvent
from exchange.accounts.models import User
from exchange.audit import service
from exchange.audit.models import AuditEvent
from exchange.audit.queries import timeline, trail
from tests.factories.accounts import RegistrarFactory, UserFactory
from tests.factories.students import StudentFactory


def test_record_says_who_did_what_to_which_record_and_why(db):
    student, registrar = StudentFactory(), RegistrarFactory()

    service.record(AccountEvent.CREATED, student, by=registrar, reason="更正", name=["李雨", "李宇"])
    db.session.commit()

    line = db.session.scalar(select(AuditEvent))
    assert (line.action, line.subject_type, line.subject_id) == ("account.created", "student", student.id)
    assert (line.actor, line.reason, line.changes) == (registrar, "更正", {"name": ["李雨", "李宇"]})
    assert str(line.label) == "建立账号"


def test_record_knows_the_number_of_a_record_that_is_new(db):
    user = User(username="new", name="新", password_hash="x")
    db.session.add(user)

    line = service.record(AccountEvent.CREATED, user, by=None)

    assert line.subject_id == user.id is not None
    db.session.rollback()


def test_values_and_reasons_are_sealed(db):
    service.record(AccountEvent.CREATED, UserFactory(), by=None, reason="因为成绩", mark=[59, 60.5])
    db.session.commit()

    stored = str(db.session.execute(text("SELECT reason, changes FROM audit_event")).one())

    assert "因为成绩" not in stored
    assert "60.5" not in stored


def test_record_all_writes_a_line_for_each_subject(db):
    students, registrar = StudentFactory.create_batch(3), RegistrarFactory()

    changes = [(student.id, {"name": [None, student.name]}) for student in students]
    service.record_all(AccountEvent.CREATED, type(students[0]), changes, by=registrar)
    db.session.commit()

    assert [timeline(student)[0].changes["name"][1] for student in students] == [student.name for student in students]
    assert {timeline(student)[0].actor for student in students} == {registrar}


def test_record_all_of_nothing_writes_nothing(db):
    service.record_all(AccountEvent.CREATED, User, [], by=None)

    assert db.session.scalars(select(AuditEvent)).all() == []


def test_lines_of_one_request_belong_together(app, db):
    user = UserFactory()

    with app.test_request_context():
        first, second = (service.record(AccountEvent.CREATED, user, by=None) for _line in range(2))

    assert first.request_id == second.request_id is not None
    db.session.rollback()


def test_line_outlives_its_subject(db):
    student = StudentFactory()
    service.record(AccountEvent.CREATED, student, by=None)
    db.session.delete(student)

    db.session.commit()

    assert db.session.scalar(select(AuditEvent)).subject_type == "student"


def test_timeline_is_of_one_subject_newest_first(db):
    one, other = UserFactory(), UserFactory()
    for event, subject in [(AccountEvent.CREATED, one), (AccountEvent.LOCKED, one), (AccountEvent.CREATED, other)]:
        service.record(event, subject, by=None)

    assert [line.action for line in timeline(one)] == ["account.locked", "account.created"]
    assert len(timeline(one, limit=1)) == 1
    db.session.rollback()


@pytest.mark.parametrize(
    ("asked", "found"),
    [({}, 2), ({"action": "account.locked"}, 1), ({"username": "li"}, 1), ({"username": "nobody"}, 0)],
)
def test_trail_is_narrowed_by_event_and_person(db, asked, found):
    service.record(AccountEvent.CREATED, UserFactory(), by=UserFactory(username="li"))
    service.record(AccountEvent.LOCKED, UserFactory(), by=None)

    assert len(db.session.scalars(trail(**asked)).unique().all()) == found
    db.session.rollback()
