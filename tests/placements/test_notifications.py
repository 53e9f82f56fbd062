"""Who hears of an approval, and who is reminded of what is still to do."""

from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from exchange.core.database import db as database
from exchange.messages.models import Message
from exchange.placements import service
from exchange.placements.models import PlacementStatus
from exchange.placements.notifications import whoever_owes_something
from tests.factories.accounts import GuardianUserFactory, PrincipalFactory, StudentUserFactory, UserFactory
from tests.factories.placements import PlacementFactory, record_declaration, record_everything
from tests.factories.students import GuardianshipFactory, StudentFactory

DAY = date(2026, 9, 15)


@pytest.fixture
def placement(db):
    """In preparation, of a minor who has an account, as has the mother; the former guardian has one too."""
    student = StudentFactory(
        name="岩温罕", user=StudentUserFactory(), birth_date=date(2009, 5, 1), enrolled_on=date(2024, 9, 1)
    )
    GuardianshipFactory(student=student, guardian__user=GuardianUserFactory())
    GuardianshipFactory(student=student, guardian__user=GuardianUserFactory(), until=date(2026, 1, 1))
    GuardianshipFactory(student=student)
    return PlacementFactory(student=student, status=PlacementStatus.PREPARING)


def family_of(placement):
    return [placement.student.user, placement.student.guardianships[0].guardian.user]


def test_family_hears_of_the_approval(placement):
    placement.status = PlacementStatus.DRAFT
    database.session.flush()
    record_declaration(placement)

    service.change_status(placement, "approve", by=PrincipalFactory(), reason="批准")

    told = database.session.scalars(select(Message).order_by(Message.id)).all()
    assert [each.recipient for each in told] == family_of(placement)
    assert {each.title for each in told} == {"实习安排批准了"}
    assert all("岩温罕" in each.body and placement.host.name in each.body for each in told)


def test_student_and_guardian_are_each_reminded_of_their_own(placement):
    with time_machine.travel("2026-09-15T08:00:00+08:00", tick=False):
        found = {each.recipient: each.body for each in whoever_owes_something(DAY)}

    student, mother = family_of(placement)
    assert set(found) == {student, mother}
    assert "参加实习前培训。" in found[student]
    assert "参加实习前培训。" not in found[mother]
    assert "在知情同意书上签字。表格问班主任要。" in found[mother]


def test_nobody_is_reminded_once_everything_is_there(placement):
    record_everything(placement)

    assert list(whoever_owes_something(DAY)) == []


def test_nobody_is_reminded_of_a_draft_or_a_running_internship(placement):
    for status in PlacementStatus.DRAFT, PlacementStatus.ACTIVE, PlacementStatus.TERMINATED:
        placement.status = status
        database.session.flush()

        assert list(whoever_owes_something(DAY)) == [], status


def test_account_that_was_closed_is_left_alone(placement):
    placement.student.user.active = False
    database.session.flush()

    assert [each.recipient for each in whoever_owes_something(DAY)] == family_of(placement)[1:]


def test_more_placements_take_no_more_statements(placement, count_queries):
    def asked():
        database.session.commit()
        database.session.expire_all()
        with count_queries() as counted:
            found = list(whoever_owes_something(DAY))
        return len(found), counted.count

    few, statements = asked()
    for _time in range(3):
        student = StudentFactory(user=UserFactory())
        PlacementFactory(student=student, status=PlacementStatus.PREPARING, post=placement.post)
    more, still = asked()

    assert more == few + 3
    assert still <= statements
