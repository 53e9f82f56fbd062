"""Homeroom teachers see and note their own classes only; who else may do what."""

import pytest

from exchange.accounts.models import RoleAssignment
from exchange.accounts.roles import Role
from exchange.core.database import db as database
from exchange.welfare import policy
from tests.factories.accounts import FACTORIES, HomeroomTeacherFactory, UserFactory
from tests.factories.programmes import SchoolClassFactory
from tests.factories.students import StudentFactory

EVERYTHING = {Role.REGISTRAR, Role.PRINCIPAL}


def seen(scope):
    return set(database.session.scalars(scope))


def test_homeroom_teacher_sees_and_notes_own_class(db):
    teacher = HomeroomTeacherFactory()
    own = StudentFactory(school_class=SchoolClassFactory(homeroom_teacher=teacher))
    StudentFactory()

    assert seen(policy.students_of(teacher)) == seen(policy.recordable_by(teacher)) == {own}


def test_second_role_does_not_open_other_classes(db):
    """Subject teachers see every student's name, but no absences."""
    roles = [RoleAssignment(role=role) for role in (Role.HOMEROOM_TEACHER, Role.SUBJECT_TEACHER)]
    teacher = UserFactory(assignments=roles)
    StudentFactory()

    assert seen(policy.students_of(teacher)) == set()


@pytest.mark.parametrize("role", set(Role) - {Role.HOMEROOM_TEACHER})
def test_office_sees_all_and_others_nobody(db, role):
    student = StudentFactory()
    user = FACTORIES[role]()

    assert seen(policy.students_of(user)) == ({student} if role in EVERYTHING else set())
    assert seen(policy.recordable_by(user)) == ({student} if role is Role.REGISTRAR else set())
