"""Who writes, reads and answers logs."""

from datetime import date

import pytest

from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.journals import policy
from exchange.placements.models import PlacementStatus
from tests.factories.accounts import FACTORIES, GuardianUserFactory, InstructorFactory, StudentUserFactory
from tests.factories.journals import RunningPlacementFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import GuardianFactory, GuardianshipFactory

ALL = {Role.PRINCIPAL, Role.INTERNSHIP_OFFICER, Role.REGISTRAR}


def found(scope):
    return set(database.session.scalars(scope))


@pytest.mark.parametrize("role", Role)
def test_staff_reads_all_own_or_nothing(db, role):
    user = FACTORIES[role]()
    own = RunningPlacementFactory(
        student__school_class=SchoolClassFactory(homeroom_teacher_id=user.id), instructor=user
    )
    foreign = RunningPlacementFactory()

    wanted = {own, foreign} if role in ALL - {Role.REGISTRAR} else set()
    wanted = {own} if role in {Role.INSTRUCTOR, Role.HOMEROOM_TEACHER} else wanted

    assert found(policy.readable_by(user)) == wanted


def test_only_the_own_instructor_answers_and_the_office_stands_in(db):
    instructor, officer = InstructorFactory(), FACTORIES[Role.INTERNSHIP_OFFICER]()
    own, foreign = RunningPlacementFactory(instructor=instructor), RunningPlacementFactory()

    assert found(policy.reviewable_by(instructor)) == {own}
    assert found(policy.reviewable_by(officer)) == {own, foreign}
    assert found(policy.reviewable_by(FACTORIES[Role.PRINCIPAL]())) == set()


def test_student_writes_the_own_log_and_a_guardian_reads_the_childs(db):
    student, guardian = StudentUserFactory(), GuardianUserFactory()
    own = RunningPlacementFactory(student__user_id=student.id, student__birth_date=date(2010, 3, 1))
    GuardianshipFactory(student=own.student, guardian=GuardianFactory(user=guardian))
    RunningPlacementFactory()

    assert found(policy.written_by(student)) == {own}
    assert found(policy.written_by(guardian)) == set()
    assert found(policy.of_family(student)) == found(policy.of_family(guardian)) == {own}


def test_internship_that_has_not_begun_has_no_log(db):
    student = StudentUserFactory()
    RunningPlacementFactory(student__user_id=student.id, status=PlacementStatus.PREPARING)

    assert found(policy.written_by(student)) == set()
